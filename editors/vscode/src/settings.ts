/** Settings of the extension itself. All others are the server's, made from its table of keys. */
const own = new Set(['enable', 'path', 'statusBar', 'trace.server']);

/** A setting as package.json declares it. */
export interface Declared {
  scope?: string;
}

/** What VS Code knows of a setting, level by level. */
export interface Levels {
  globalValue?: unknown;
  workspaceValue?: unknown;
}

/** serverSettings are the names of the server's settings without `qodacode.`, with their declarations. */
export function serverSettings(packageJSON: { contributes: { configuration: { properties?: Record<string, Declared> }[] } }): Map<string, Declared> {
  const settings = new Map<string, Declared>();
  for (const section of packageJSON.contributes.configuration) {
    for (const [name, declared] of Object.entries(section.properties ?? {})) {
      const key = name.replace(/^qodacode\./, '');
      if (!own.has(key)) settings.set(key, declared);
    }
  }
  return settings;
}

/**
 * collect makes the object that the server gets under "qodacode": what somebody has set, and nothing else. Defaults
 * must not be in it, for they would win over the user's own config.toml and the project's qodacode.toml.
 *
 * What has the scope "machine" may name addresses and files anywhere. It is taken from the user's settings only,
 * as the server takes all that comes from the editor for the user's own word.
 */
export function collect(settings: Map<string, Declared>, inspect: (name: string) => Levels | undefined): Record<string, unknown> {
  const collected: Record<string, unknown> = {};
  for (const [name, declared] of settings) {
    const levels = inspect(name);
    const value = merged(levels?.globalValue, declared.scope === 'machine' ? undefined : levels?.workspaceValue);
    if (value !== undefined) put(collected, name.split('.'), value);
  }
  return collected;
}

/** merged is the workspace's value if there is one; of two objects, both. */
function merged(user: unknown, workspace: unknown): unknown {
  if (isObject(user) && isObject(workspace)) return { ...user, ...workspace };
  return workspace ?? user ?? undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function put(into: Record<string, unknown>, names: string[], value: unknown): void {
  const last = names.pop() as string;
  for (const name of names) into = (into[name] ??= {}) as Record<string, unknown>;
  into[last] = value;
}
