.PHONY: e2e images dist vsix lint-workflows

# The real editors against the server; ONLY=neovim drives one of them.
e2e:
	editors/e2e/run $(ONLY)

# The pictures of the extension's README, from the real editor.
images:
	E2E_IMAGES=$(CURDIR)/editors/vscode/images editors/e2e/run vscode:images

# The binaries of a release, in dist/; TARGET=linux-x64 builds one of them.
dist:
	editors/release/build $(TARGET)

# The extension for Visual Studio Code with each of them inside.
vsix: dist
	editors/release/vsix $(TARGET)

lint-workflows:
	go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
