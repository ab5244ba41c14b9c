'use strict';
(() => {
  const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : null;
  const theme = () => {
    const dark = document.body.classList.contains('vscode-dark') || document.body.classList.contains('vscode-high-contrast');
    const light = document.body.classList.contains('vscode-light');
    document.documentElement.classList.toggle('dark', dark);
    document.documentElement.classList.toggle('light', light);
  };
  theme();
  new MutationObserver(theme).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  for (const button of document.querySelectorAll('button.place')) {
    const { path, line } = button.dataset;
    button.title = `${path}:${line}`;
    button.addEventListener('click', () => editor?.postMessage({ type: 'open', path, line: Number(line) }));
  }
})();
