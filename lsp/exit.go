package lsp

// exit ends the session; Serve returns the exit code.
func exit(s *session, _ *none) error {
	s.end()
	return nil
}
