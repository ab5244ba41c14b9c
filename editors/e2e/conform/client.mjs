// What the server may send depends on what the client has said it can do. A client that says
// nothing about a feature of LSP 3.16 or later gets nothing of it.

/** checkAgainstClient checks the parameters or the result of a method. */
export function checkAgainstClient(method, value, client, wrong) {
  const missing = (capability) => wrong(`${method}: the client lacks ${capability}`);
  const needs = requests[method];
  if (needs && !needs.some((capability) => has(client, capability))) missing(needs.join(' or '));
  checks[method]?.(value, client, missing, wrong);
}

/** has looks a capability up by its path. */
function has(client, capability) {
  const value = capability.split('.').reduce((at, key) => at?.[key], client);
  return value !== undefined && value !== null && value !== false;
}

// Requests and notifications of the server that need a capability, one of those.
const requests = {
  'workspace/configuration': ['workspace.configuration'],
  'workspace/applyEdit': ['workspace.applyEdit'],
  'window/showDocument': ['window.showDocument.support'],
  'window/workDoneProgress/create': ['window.workDoneProgress'],
  'workspace/diagnostic/refresh': ['workspace.diagnostics.refreshSupport', 'workspace.diagnostic.refreshSupport'], // Helix says the latter
  'workspace/inlayHint/refresh': ['workspace.inlayHint.refreshSupport'],
  'workspace/codeLens/refresh': ['workspace.codeLens.refreshSupport'],
};

const checks = {
  initialize({ capabilities }, client, missing, wrong) {
    const encodings = client.general?.positionEncodings ?? ['utf-16'];
    const encoding = capabilities.positionEncoding ?? 'utf-16';
    if (encoding !== 'utf-16' && !encodings.includes(encoding)) missing(encoding);
    if (encodings.length > 0 && encoding !== encodings[0]) wrong(`initialize: ${encoding}, but the client prefers ${encodings[0]}`);
    if (capabilities.diagnosticProvider && !has(client, 'textDocument.diagnostic')) missing('textDocument.diagnostic');
    if (capabilities.inlayHintProvider && !has(client, 'textDocument.inlayHint')) missing('textDocument.inlayHint');
    if (capabilities.codeLensProvider && !has(client, 'textDocument.codeLens') && !has(client, 'workspace.codeLens.refreshSupport')) missing('textDocument.codeLens');
    if (capabilities.codeActionProvider?.codeActionKinds && !has(client, 'textDocument.codeAction.codeActionLiteralSupport')) missing('textDocument.codeAction.codeActionLiteralSupport');
    if (capabilities.codeActionProvider?.resolveProvider && !client.textDocument?.codeAction?.resolveSupport?.properties?.includes('edit')) missing('textDocument.codeAction.resolveSupport');
  },
  'client/registerCapability'({ registrations }, client, missing) {
    for (const { method } of registrations) {
      const capability = `${method.replace('/', '.')}.dynamicRegistration`;
      if (!has(client, capability)) missing(capability);
    }
  },
  'textDocument/publishDiagnostics'({ diagnostics, version }, client, missing, wrong) {
    if (has(client, 'textDocument.diagnostic')) wrong('diagnostics are pushed to a client that pulls them');
    if (version !== undefined && !has(client, 'textDocument.publishDiagnostics.versionSupport')) missing('textDocument.publishDiagnostics.versionSupport');
    for (const d of diagnostics) diagnostic(d, client, missing);
  },
  'textDocument/diagnostic'(report, client, missing) {
    for (const d of report.items ?? []) diagnostic(d, client, missing);
  },
  'workspace/diagnostic'(report, client, missing) {
    for (const file of report.items) for (const d of file.items ?? []) diagnostic(d, client, missing);
  },
  'textDocument/hover'(hover, client, missing) {
    const formats = client.textDocument?.hover?.contentFormat ?? [];
    const kind = hover?.contents.kind;
    if (kind && formats.length > 0 && !formats.includes(kind)) missing(`textDocument.hover.contentFormat ${kind}`);
  },
  'textDocument/completion'(items, client, missing) {
    const can = client.textDocument?.completion?.completionItem;
    for (const item of items ?? []) {
      if (item.insertTextFormat === 2 && !can?.snippetSupport) missing('textDocument.completion.completionItem.snippetSupport');
      const kind = item.documentation?.kind;
      if (kind && can?.documentationFormat && !can.documentationFormat.includes(kind)) missing(`textDocument.completion.completionItem.documentationFormat ${kind}`);
    }
  },
  'textDocument/codeAction'(actions, client, missing) {
    for (const a of actions ?? []) action(a, client, missing);
  },
  'codeAction/resolve': action,
  'workspace/applyEdit'({ edit }, client, missing) {
    workspaceEdit(edit, client, missing);
  },
};

function diagnostic(d, client, missing) {
  const can = (feature) => has(client, `textDocument.publishDiagnostics.${feature}`) || has(client, `textDocument.diagnostic.${feature}`);
  if (d.relatedInformation && !can('relatedInformation')) missing('relatedInformation');
  if (d.codeDescription && !can('codeDescriptionSupport')) missing('codeDescriptionSupport');
  if (d.data !== undefined && !can('dataSupport')) missing('dataSupport');
  for (const tag of d.tags ?? []) {
    const { publishDiagnostics: push, diagnostic: pull } = client.textDocument;
    if (![push, pull].some((f) => f?.tagSupport?.valueSet?.includes(tag))) missing(`the diagnostic tag ${tag}`);
  }
}

function action(a, client, missing) {
  const can = client.textDocument.codeAction;
  if (a.isPreferred !== undefined && !can.isPreferredSupport) missing('textDocument.codeAction.isPreferredSupport');
  if (a.disabled && !can.disabledSupport) missing('textDocument.codeAction.disabledSupport');
  if (a.data !== undefined && !can.dataSupport) missing('textDocument.codeAction.dataSupport');
  if (a.edit) workspaceEdit(a.edit, client, missing);
}

function workspaceEdit(edit, client, missing) {
  const can = client.workspace?.workspaceEdit ?? {};
  // Operations stand in documentChanges: Neovim names these and not that.
  if (edit.documentChanges && !can.documentChanges && !can.resourceOperations?.length) missing('workspace.workspaceEdit.documentChanges');
  for (const change of edit.documentChanges ?? []) {
    if (change.kind && !can.resourceOperations?.includes(change.kind)) missing(`the operation ${change.kind} in edits`);
  }
}
