;;; suite.el --- What the suites of Emacs share -*- lexical-binding: t; -*-

;;; Commentary:
;; A suite defines `suite-drive'; lines go to standard output, a failure is the exit status.

;;; Code:

(require 'cl-lib)
(require 'seq)

(setq make-backup-files nil auto-save-default nil create-lockfiles nil vc-handled-backends nil
      enable-local-variables nil use-short-answers t)
(unless (featurep 'package) (require 'package))
(package-initialize)

(defvar suite-failures 0)
(defvar suite-browsed nil "The pages that the browser was asked to show, the last one first.")
(setq browse-url-browser-function (lambda (url &rest _) (push url suite-browsed)))

(defun suite-check (what ok &optional got)
  "Print whether WHAT holds, which OK tells; GOT is printed when it does not."
  (unless ok (cl-incf suite-failures))
  (princ (if ok (format "ok    %s\n" what) (format "FAIL  %s: got %S\n" what got))))

(defun suite-is (what got want)
  "Check that WHAT is WANT; it is GOT."
  (suite-check what (equal got want) got))

(defmacro suite-wait (form)
  "Wait until FORM is true, 60 seconds at most; return its value."
  `(let ((end (+ (float-time) 60)) value)
     (while (and (not (setq value ,form)) (< (float-time) end))
       (accept-process-output nil 0.02))
     value))

(defun suite-file (name)
  "The path of the fixture NAME."
  (expand-file-name name (expand-file-name "workspace" (getenv "E2E_WORK"))))

(defun suite-open (name mode)
  "Visit the fixture NAME in MODE as a user does."
  (switch-to-buffer (find-file-noselect (suite-file name)))
  (funcall mode))

(defun suite-on-disk (name)
  "The text of the file NAME."
  (with-temp-buffer
    (insert-file-contents (suite-file name))
    (buffer-string)))

(defun suite-page ()
  "The text of the page that was shown last."
  (with-temp-buffer
    (insert-file-contents (replace-regexp-in-string "\\`file://" "" (car suite-browsed)))
    (buffer-string)))

(defun suite-shows (what command text)
  "Check that COMMAND opens one page that has TEXT, which is WHAT."
  (setq suite-browsed nil)
  (funcall command)
  (suite-wait suite-browsed)
  (accept-process-output nil 0.2)
  (suite-is (format "%s: one page opens" what) (length suite-browsed) 1)
  (suite-check (format "%s: it is in the page" what) (and suite-browsed (string-match-p (regexp-quote text) (suite-page)))))

(defun suite-text (what command)
  "Check that COMMAND shows WHAT as text whose first place can be visited."
  (funcall command)
  (let* ((name (format "*qodacode %s*" what)) (buffer (suite-wait (get-buffer name))))
    (suite-wait (with-current-buffer buffer (string-match-p "^qodacode \\(finished\\|exited\\)" (buffer-string))))
    (with-current-buffer buffer
      (goto-char (point-min))
      (suite-check (format "%s as text: a place to visit" what)
                   (ignore-errors (compilation-next-error 1) t)
                   (buffer-substring-no-properties (point-min) (point-max)))
      (suite-check (format "%s as text: without colours" what) (not (search-forward "\e[" nil t))))))

(defvar suite-columns
  '(("secret.py" . "c2f1b7e94d5a4c0e8a6f3d91b07e52ac")
    ("crlf.py" . "c2f1b7e94d5a4c0e8a6f3d91b07e52ac")
    ("bom.py" . "c2f1b7e94d5a4c0e8a6f3d91b07e52ac"))
  "The text that the only finding of a file marks; 😀é stands before it.")

(defun suite-drive ()
  "Replaced by the suite."
  (error "The suite drives nothing"))

(defun suite-run ()
  "Run the suite and exit."
  (princ (format "Emacs %s\n" emacs-version))
  (condition-case err
      (suite-drive)
    (error (suite-check "no error of Lisp" nil err)))
  (kill-emacs (if (= suite-failures 0) 0 1)))

(provide 'suite)
;;; suite.el ends here
