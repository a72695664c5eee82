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
const WAYS = new Set(
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

/** pip must neither ask nor look for a newer self. */
export function pipEnv(site: NativeSite): NodeJS.ProcessEnv {
  const kept = Object.entries(site.env).filter(([name]) =>
    !name.toUpperCase().startsWith("PIP_") || WAYS.has(name.toUpperCase())
  );
  return {
    ...Object.fromEntries(kept),
    // These go before a pip.conf.
    PIP_USER: "0",
    PIP_DRY_RUN: "0",
    ...(site.platform.startsWith("win32") ? {} : { PIP_ROOT: "/" }),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    PIP_REQUIRE_VIRTUALENV: "0",
    PIP_NO_COLOR: "1",
  };
}
