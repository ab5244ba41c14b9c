package lsp

// shutDown stops all work; the process ends with exit.
func shutDown(s *session, _ *none) (any, error) {
	s.phase = shutdown
	s.exitCode.Store(0)
	s.cancelRequests()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.documents {
		d.head.cancel()
	}
	for _, cancel := range s.progress {
		cancel()
	}
	return nil, nil
}
