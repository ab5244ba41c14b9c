;;; qodacode.el --- Safety, soundness and cost of AI agents' code -*- lexical-binding: t; -*-

;; Author: The qodacode authors
;; URL: https://github.com/qodacode/qodacode
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: AGPL-3.0-only

;;; Commentary:

;; Starts the language server `qodacode lsp' in eglot or lsp-mode:
;;
;;   (require 'qodacode)
;;   (qodacode-setup-eglot)      ; in place of the mode's other server, or
;;   (qodacode-setup-lsp-mode)   ; beside the others
;;
;; `qodacode-graph' and `qodacode-cost' show the agent graph and the costs as pages in the
;; browser, with a prefix argument as text whose places can be visited.
;; `qodacode-check-workspace' reports the findings of all files.

;;; Code:

(require 'browse-url)
(require 'compile)
(require 'project)
(require 'subr-x)

;; Neither client has to be installed.
(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)
(declare-function eglot-client-capabilities "eglot")
(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-activate-on "lsp-mode")
(declare-function lsp-find-workspace "lsp-mode")
(declare-function lsp-get "lsp-protocol")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-register-custom-settings "lsp-mode")
(declare-function lsp-request "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")

(defgroup qodacode nil
  "Safety, soundness and cost of AI agents' code."
  :group 'tools
  :link '(url-link "https://github.com/qodacode/qodacode"))

(defcustom qodacode-program "qodacode"
  "The program, with its folder unless it is in variable `exec-path'."
  :type 'string)

(defcustom qodacode-modes
  '(python-mode python-ts-mode typescript-mode typescript-ts-mode tsx-ts-mode
    js-mode js-ts-mode js-json-mode json-ts-mode yaml-mode yaml-ts-mode conf-toml-mode toml-ts-mode rego-mode)
  "The major modes of files that the server reads."
  :type '(repeat symbol))

(defcustom qodacode-settings nil
  "Your own settings as a property list: (:lsp (:workspace_scan t)).
All keys stand in docs/configuration.md; false is :json-false.
Set it before `qodacode-setup-eglot' or `qodacode-setup-lsp-mode'."
  :type 'plist)

(defun qodacode--command ()
  "The command that starts the server."
  (list qodacode-program "lsp"))

;;;; eglot

(defun qodacode--eglot-contact (&rest _)
  "What eglot needs to start the server."
  (append (qodacode--command) (list :initializationOptions (or qodacode-settings (make-hash-table)))))

;;;###autoload
(defun qodacode-setup-eglot ()
  "Make eglot start qodacode in `qodacode-modes'.
Eglot has one server per mode: this one comes before the mode's other ones."
  (with-eval-after-load 'eglot
    (add-to-list 'eglot-server-programs (cons qodacode-modes #'qodacode--eglot-contact))))

;;;; lsp-mode

(defvar qodacode--language-ids
  '((python-mode . "python") (python-ts-mode . "python")
    (typescript-mode . "typescript") (typescript-ts-mode . "typescript") (tsx-ts-mode . "typescriptreact")
    (js-mode . "javascript") (js-ts-mode . "javascript") (js-json-mode . "json") (json-ts-mode . "json")
    (yaml-mode . "yaml") (yaml-ts-mode . "yaml") (conf-toml-mode . "toml") (toml-ts-mode . "toml")
    (rego-mode . "rego"))
  "What the protocol calls the languages of modes.")

(defun qodacode--custom-settings (path settings)
  "SETTINGS as lsp-mode has them: a list of keys below PATH with their values."
  (let (all)
    (while settings
      (let ((key (concat path "." (substring (symbol-name (pop settings)) 1)))
            (value (pop settings)))
        (setq all (append all (if (and (consp value) (keywordp (car value)))
                                  (qodacode--custom-settings key value)
                                (list (list key (lambda () value))))))))
    all))

;;;###autoload
(defun qodacode-setup-lsp-mode ()
  "Make lsp-mode start qodacode beside a mode's other servers."
  (with-eval-after-load 'lsp-mode
    (dolist (entry qodacode--language-ids)
      (unless (assq (car entry) lsp-language-id-configuration)
        (push entry lsp-language-id-configuration)))
    (lsp-register-custom-settings (qodacode--custom-settings "qodacode" qodacode-settings))
    (let ((actions (make-hash-table :test 'equal)))
      (puthash "qodacode.showGraph" (qodacode--lens-action "qodacode.showGraph") actions)
      (puthash "qodacode.showCost" (qodacode--lens-action "qodacode.showCost") actions)
      (puthash "" #'ignore actions)     ; a lens that only tells something
      (lsp-register-client
       (make-lsp-client :new-connection (lsp-stdio-connection #'qodacode--command)
                        :major-modes qodacode-modes
                        :activation-fn (lambda (_file mode) (memq mode qodacode-modes))
                        :add-on? t
                        :server-id 'qodacode
                        ;; It counts columns in characters, whatever it says.
                        :custom-capabilities '((general . ((positionEncodings . ["utf-32"]))))
                        :action-handlers actions)))))

(defun qodacode--lens-action (command)
  "A function that runs COMMAND as a code lens of lsp-mode wants it."
  (lambda (action)
    (qodacode--show command (append (lsp-get action :arguments) nil))))

;;;; Commands

(defun qodacode--eglot-server ()
  "The server of this buffer in eglot."
  (and (fboundp 'eglot-current-server) (eglot-current-server)))

(defun qodacode--execute (command arguments)
  "Run the server's COMMAND with the list ARGUMENTS.
The value is a function that returns what its argument, a key, has in the
result, or nil when there is none."
  (let ((params (list :command command :arguments (vconcat arguments)))
        (server (qodacode--eglot-server)))
    (cond
     (server
      (let ((result (jsonrpc-request server :workspace/executeCommand params :timeout 60)))
        (and result (lambda (key) (plist-get result key)))))
     ((and (fboundp 'lsp-find-workspace) (lsp-find-workspace 'qodacode nil))
      (let ((result (lsp-request "workspace/executeCommand" params)))
        (and result (lambda (key) (lsp-get result key)))))
     (t (user-error "No qodacode runs in this buffer; start it with M-x eglot or M-x lsp")))))

(defun qodacode--client-opens-pages ()
  "Whether the client opens pages when the server asks it to."
  (when-let ((server (qodacode--eglot-server)))
    (plist-get (plist-get (eglot-client-capabilities server) :window) :showDocument)))

(defun qodacode--show (command arguments)
  "Show the page that the server's COMMAND makes with ARGUMENTS."
  (when-let ((result (qodacode--execute command arguments))
             (page (funcall result :path)))
    (unless (qodacode--client-opens-pages)
      (browse-url-of-file page))
    page))

(defun qodacode--text (what)
  "Show what `qodacode WHAT' prints for the project; its places can be visited."
  (let* ((project (project-current))
         (default-directory (if project (project-root project) default-directory))
         (process-environment (cons "NO_COLOR=1" process-environment)))
    (compilation-start (concat (shell-quote-argument qodacode-program) " " what " --format text")
                       'qodacode-text-mode
                       (lambda (_mode) (format "*qodacode %s*" what)))))

(define-compilation-mode qodacode-text-mode "qodacode"
  "Text of qodacode; places in it can be visited."
  (setq-local compilation-skip-threshold 0) ; places are no errors
  (setq-local compilation-error-regexp-alist
              '(("\\(?:^\\|[ (]\\)\\([^][ ():\n]+\\.[a-z]+\\):\\([0-9]+\\)\\(?::\\([0-9]+\\)\\)?" 1 2 3 0))))

;;;###autoload
(defun qodacode-graph (&optional text)
  "Show the agent graphs of this project in the browser.
With a prefix argument, show them as TEXT in a buffer."
  (interactive "P")
  (if text (qodacode--text "graph") (qodacode--show "qodacode.showGraph" nil)))

;;;###autoload
(defun qodacode-cost (&optional text)
  "Show what this project costs in the browser.
With a prefix argument, show it as TEXT in a buffer."
  (interactive "P")
  (if text (qodacode--text "cost") (qodacode--show "qodacode.showCost" nil)))

;;;###autoload
(defun qodacode-check-workspace ()
  "Report the findings of all files of the workspace, open or not."
  (interactive)
  (when-let ((result (qodacode--execute "qodacode.checkWorkspace" nil)))
    (message "qodacode: %d findings in %d files that are not open"
             (funcall result :findings) (funcall result :files))))

(provide 'qodacode)
;;; qodacode.el ends here
