.PHONY: e2e

# The real editors against the server; ONLY=neovim drives one of them.
e2e:
	editors/e2e/run $(ONLY)
