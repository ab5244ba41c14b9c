;;; drive-eglot.el --- Drives eglot -*- lexical-binding: t; -*-

;;; Code:

(require 'suite)
(require 'flymake)
(require 'eglot)

;; What a user puts into the init file.
(require 'qodacode)
(setq qodacode-settings '(:severity (:COST-003 "off")))
(qodacode-setup-eglot)

(setq eglot-sync-connect 10 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil eglot-confirm-server-edits nil
      flymake-no-changes-timeout 0.1)

(defvar suite-started nil)

(defun suite-diagnostics ()
  "What flymake shows, in the order of the text."
  (unless (bound-and-true-p flymake-mode) (flymake-mode 1))
  (flymake-start)
  (sort (flymake-diagnostics) (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))

(defun suite-marked (diagnostic)
  "The text that DIAGNOSTIC marks."
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun suite-find (regexp)
  "Wait for a diagnostic whose text matches REGEXP."
  (suite-wait (seq-find (lambda (d) (string-match-p regexp (flymake-diagnostic-text d))) (suite-diagnostics))))

(defun suite-hover (server)
  "What eldoc shows at point; SERVER says it."
  (let (doc)
    (if (fboundp 'eglot-hover-eldoc-function)
        (progn (eglot-hover-eldoc-function (lambda (text &rest _) (setq doc text)))
               (suite-wait doc))
      (eglot--hover-info
       (plist-get (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)) :contents)))))

(defun suite-inlays ()
  "The inlay hints in the buffer."
  (ignore-errors (eglot--update-hints-1 (point-min) (point-max)))
  (accept-process-output nil 0.05)
  (delq nil (mapcar (lambda (o) (and (overlay-get o 'eglot--inlay-hint)
                                     (or (overlay-get o 'before-string) (overlay-get o 'after-string))))
                    (overlays-in (point-min) (point-max)))))

(defun suite-drive ()
  "Drive eglot."
  (let ((begin (float-time)) server)
    (suite-open "app.py" #'python-mode)
    (apply #'eglot (eglot--guess-contact))
    (setq server (suite-wait (eglot-current-server)))
    (suite-check "connected" server)
    (let ((d (suite-find "gpt-4-turbo retired on")))
      (princ (format "note: first finding %d ms\n" (* 1000 (- (float-time) begin))))
      (suite-is "the finding marks the model, after the emoji" (and d (suite-marked d)) "\"gpt-4-turbo\"")
      (suite-check "settings: COST-003 is off"
                   (suite-wait (not (seq-find (lambda (d) (string-match-p "No cap on" (flymake-diagnostic-text d))) (suite-diagnostics)))))
      (goto-char (1+ (flymake-diagnostic-beg d))))
    (let ((doc (suite-hover server)))
      (suite-check "hover has the price" (and doc (string-match-p "per call" doc) (string-match-p "COST-009" doc)) doc))
    (when (fboundp 'eglot-inlay-hints-mode)
      (eglot-inlay-hints-mode 1)
      (suite-check "the price as an inlay hint"
                   (suite-wait (seq-find (lambda (s) (string-match-p "\\$.*/call" s)) (suite-inlays)))
                   (suite-inlays)))
    (let* ((actions (append (eglot-code-actions (point) (point) nil nil) nil))
           (fix (seq-find (lambda (a) (string-match-p "\\`Replace gpt-4-turbo with" (plist-get a :title))) actions)))
      (suite-check "the fix is offered" fix (mapcar (lambda (a) (plist-get a :title)) actions))
      (if (fboundp 'eglot-execute)
          (eglot-execute server fix)
        (eglot--apply-workspace-edit (plist-get fix :edit))))
    (save-buffer)
    (suite-check "the fix is on disk"
                 (string-match-p "😀é \" \\+ ticket}\\], model=\"gpt-5[^\"]*\", reasoning_effort=\"none\")$" (suite-on-disk "app.py"))
                 (suite-on-disk "app.py"))
    (suite-check "the finding is gone"
                 (suite-wait (not (seq-find (lambda (d) (string-match-p "retired on" (flymake-diagnostic-text d))) (suite-diagnostics)))))
    (pcase-dolist (`(,name . ,want) suite-columns)
      (suite-open name #'python-mode)
      (suite-wait (eglot-managed-p))
      (let ((d (suite-find "API key in source")))
        (suite-is (format "%s: the finding marks the secret" name) (and d (suite-marked d)) want)))
    (suite-open "agent.py" #'python-mode)
    (suite-wait (eglot-managed-p))
    (suite-check "agent.py: the loop is found" (suite-find "writer → critic → writer"))
    (suite-shows "the graph" #'qodacode-graph "<svg")
    (suite-shows "the costs" #'qodacode-cost "per month")
    (suite-text "graph" (lambda () (qodacode-graph t)))
    (suite-text "cost" (lambda () (qodacode-cost t)))
    (with-current-buffer "agent.py"
      (suite-check "the workspace is checked" (string-match-p "findings in" (qodacode-check-workspace)))
      (eglot-shutdown server))
    (suite-check "shut down" (not (jsonrpc-running-p server)))))

;;; drive-eglot.el ends here
