/**
 * What pip is told by its environment.
 *
 * @module
 */

import type { NativeSite } from "./site.ts";

/**
 * The person's settings that say how files come here. The others say where pip
 * is to put them, or what else it is to do, which is not asked for here.
 */
export const WAYS: ReadonlySet<string> = new Set(
  [
    ...[
      "CONFIG_FILE",
      "INDEX_URL",
      "EXTRA_INDEX_URL",
      "NO_INDEX",
      "FIND_LINKS",
    ],
    ...["PROXY", "CERT", "CLIENT_CERT", "TRUSTED_HOST", "KEYRING_PROVIDER"],
    ...["USE_FEATURE", "USE_DEPRECATED", "ISOLATED"],
  ].map((name) => `PIP_${name}`),
);

/**
 * For all that pip is asked, with the person's settings in files as they are. It
 * must neither ask nor look for a newer self.
 */
export function pipEnv(site: NativeSite): NodeJS.ProcessEnv {
  // pip does not heed empty ones.
  const kept = Object.entries(site.env).filter(([name, value]) =>
    !name.toUpperCase().startsWith("PIP_") ||
    WAYS.has(name.toUpperCase()) && value !== ""
  );
  return {
    ...Object.fromEntries(kept),
    // These go before those in files.
    PIP_USER: "0",
    PIP_QUIET: "0",
    PIP_VERBOSE: "0",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    PIP_REQUIRE_VIRTUALENV: "0",
    PIP_NO_COLOR: "1",
  };
}

/** For what puts files somewhere: of the settings in files, these `ways` alone. */
export function pipEnvOf(
  site: NativeSite,
  ways: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return {
    ...ways,
    ...pipEnv(site),
    // In place of every file of settings.
    PIP_CONFIG_FILE: site.platform.startsWith("win32") ? "nul" : "/dev/null",
  };
}
