/**
 * What pip's own settings say, in files of several places and in variables; pip
 * itself knows where, and lists them.
 *
 * @module
 */

import { runCommand } from "./command.ts";
import type { Pip } from "./find_pip.ts";
import { pipEnv, WAYS } from "./pip_env.ts";
import type { NativeSite } from "./site.ts";

/** One of them. */
export interface PipSetting {
  /** `global`, the command that it is for, or `:env:`. */
  readonly section: string;
  /** `index-url`. */
  readonly key: string;
  readonly value: string;
}

/** All of them; null where this pip cannot say, or cannot read them. */
export async function pipSettings(
  site: NativeSite,
  pip: Pip,
  signal?: AbortSignal,
): Promise<readonly PipSetting[] | null> {
  const ask = (...words: readonly string[]) =>
    runCommand([...pip.command, "config", ...words], {
      env: pipEnv(site),
      signal,
      timeoutMs: 60_000,
    });
  const { code, stdout } = await ask("list");
  if (code !== 0) return null;
  const settings = new Map<string, PipSetting>();
  const several = new Set<string>();
  for (const setting of listed(stdout)) {
    const name = `${setting.section}.${setting.key}`;
    if (settings.has(name)) several.add(name);
    settings.set(name, setting);
  }
  // Newer ones list each file, in the order of their names.
  for (const name of several) {
    const { code, stdout: value } = await ask("get", name);
    const setting = { ...settings.get(name)!, value: value.trim() };
    if (code === 0) settings.set(name, setting);
  }
  return [...settings.values()];
}

/** Of the settings in files, those that say how files come here, as variables. */
export function waysIn(
  settings: readonly PipSetting[],
  command: string,
): NodeJS.ProcessEnv {
  const ways = ["global", command].flatMap((section) =>
    settings.filter((setting) => setting.section === section)
  ).map(({ key, value }) =>
    [`PIP_${key.toUpperCase().replaceAll("-", "_")}`, value] as const
  );
  return Object.fromEntries(ways.filter(([name]) => WAYS.has(name)));
}

/** Lines `section.key='value'`, as Python writes texts. */
function listed(text: string): readonly PipSetting[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, section, key, , value] =
      /^(\S+?)\.([a-z0-9-]+)=(['"])(.*)\3$/.exec(line) ?? [];
    return section === undefined || key === undefined || value === undefined
      ? []
      : [{ section, key, value: unescaped(value) }];
  });
}

const ESCAPED = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/g;
const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  return text.replace(
    ESCAPED,
    (_, x?: string, u?: string, long?: string, one: string = "") => {
      const code = x ?? u ?? long;
      return code === undefined
        ? NAMED[one] ?? one
        : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );
}
