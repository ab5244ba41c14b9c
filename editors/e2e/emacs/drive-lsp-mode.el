;;; drive-lsp-mode.el --- Drives lsp-mode -*- lexical-binding: t; -*-

;;; Code:

(require 'suite)
(require 'flymake)
(setq lsp-session-file (expand-file-name "~/.lsp-session") lsp-restart 'ignore lsp-keep-workspace-alive nil
      lsp-auto-guess-root t lsp-enable-file-watchers nil lsp-warn-no-matched-clients nil lsp-client-packages nil
      lsp-completion-enable nil lsp-enable-snippet nil lsp-headerline-breadcrumb-enable nil
      lsp-modeline-code-actions-enable nil lsp-modeline-diagnostics-enable nil lsp-lens-enable t lsp-diagnostics-provider :flymake)
(require 'lsp-mode)
(require 'lsp-diagnostics)
(require 'lsp-lens)

;; What a user puts into the init file.
(require 'qodacode)
(setq qodacode-settings '(:severity (:COST-003 "off")))
(qodacode-setup-lsp-mode)

(defun suite-found ()
  "The findings of the buffer."
  (append (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics)) nil))

(defun suite-find (regexp)
  "Wait for a finding whose message matches REGEXP."
  (suite-wait (seq-find (lambda (d) (string-match-p regexp (lsp:diagnostic-message d))) (suite-found))))

(defun suite-marked (diagnostic)
  "The text that DIAGNOSTIC marks."
  (pcase-let ((`(,from . ,to) (lsp--range-to-region (lsp:diagnostic-range diagnostic))))
    (buffer-substring-no-properties from to)))

(defun suite-lenses ()
  "The titles of the lenses that stand in the buffer."
  (mapcar (lambda (o) (substring-no-properties (or (overlay-get o 'before-string) (overlay-get o 'after-string) "")))
          lsp-lens--overlays))

(defun suite-lens (regexp)
  "Wait for a lens that matches REGEXP."
  (suite-wait (progn (lsp-lens-refresh t) (accept-process-output nil 0.1)
                     (seq-find (lambda (s) (string-match-p regexp s)) (suite-lenses)))))

(defun suite-click-lens (regexp)
  "Run the command of the lens that the server gave and whose title matches REGEXP."
  (let ((lens (seq-find (lambda (l) (string-match-p regexp (lsp:command-title (lsp:code-lens-command? l))))
                        (append (lsp-request "textDocument/codeLens" `(:textDocument ,(lsp--text-document-identifier))) nil))))
    (call-interactively (lsp-lens--create-interactive-command (lsp:code-lens-command? lens)))))

(defun suite-drive ()
  "Drive lsp-mode."
  (let ((begin (float-time)) workspace)
    (lsp-workspace-folders-add (directory-file-name (suite-file "")))
    (suite-open "app.py" #'python-mode)
    (lsp)
    (setq workspace (suite-wait (seq-find (lambda (w) (eq 'initialized (lsp--workspace-status w))) (lsp-workspaces))))
    (suite-check "connected" workspace)
    (let ((d (suite-find "gpt-4-turbo retired on")))
      (princ (format "note: first finding %d ms\n" (* 1000 (- (float-time) begin))))
      (suite-is "the finding marks the model, after the emoji" (and d (suite-marked d)) "\"gpt-4-turbo\"")
      (suite-check "settings: COST-003 is off"
                   (suite-wait (not (seq-find (lambda (d) (string-match-p "No cap on" (lsp:diagnostic-message d))) (suite-found))))))
    (goto-char (point-min))
    (search-forward "model=\"gpt")
    (let ((doc (lsp--render-on-hover-content
                (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params))) t)))
      (suite-check "hover has the price" (and (string-match-p "per call" doc) (string-match-p "COST-009" doc)) doc))
    (suite-check "the price of the call as a lens" (suite-lens "\\$.*/call") (suite-lenses))
    (suite-check "the price of the run as a lens" (suite-lens "\\$.*/run.*/month") (suite-lenses))
    (suite-shows "the lens of costs" (lambda () (suite-click-lens "/month")) "per month")
    (setq suite-browsed nil)
    (suite-click-lens "/call")
    (suite-check "the lens of a price opens nothing" (null suite-browsed) suite-browsed)
    (let* ((actions (lsp-code-actions-at-point))
           (fix (seq-find (lambda (a) (string-match-p "\\`Replace gpt-4-turbo with" (lsp:code-action-title a))) actions)))
      (suite-check "the fix is offered" fix (mapcar #'lsp:code-action-title actions))
      (lsp-execute-code-action fix))
    (save-buffer)
    (suite-check "the fix is on disk"
                 (string-match-p "😀é \" \\+ ticket}\\], model=\"gpt-5[^\"]*\", reasoning_effort=\"none\")$" (suite-on-disk "app.py"))
                 (suite-on-disk "app.py"))
    (suite-check "the finding is gone"
                 (suite-wait (not (seq-find (lambda (d) (string-match-p "retired on" (lsp:diagnostic-message d))) (suite-found)))))
    (pcase-dolist (`(,name . ,want) suite-columns)
      (suite-open name #'python-mode)
      (lsp)
      (let ((d (suite-find "API key in source")))
        (suite-is (format "%s: the finding marks the secret" name) (and d (suite-marked d)) want)))
    (suite-open "agent.py" #'python-mode)
    (lsp)
    (suite-check "agent.py: the loop is found" (suite-find "writer → critic → writer"))
    (suite-check "the graph as a lens" (suite-lens "agent graph: 2 nodes, 1 loop") (suite-lenses))
    (suite-shows "the lens of the graph" (lambda () (suite-click-lens "agent graph")) "<svg")
    (suite-shows "the graph" #'qodacode-graph "<svg")
    (suite-shows "the costs" #'qodacode-cost "per month")
    (suite-text "graph" (lambda () (qodacode-graph t)))
    (with-current-buffer "agent.py"
      (suite-check "the workspace is checked" (string-match-p "findings in" (qodacode-check-workspace)))
      (lsp-workspace-shutdown workspace))
    (suite-check "shut down" (suite-wait (not (process-live-p (lsp--workspace-cmd-proc workspace)))))))

;;; drive-lsp-mode.el ends here
