/**
 * What a failure of pip's means, and what to do about it.
 *
 * @module
 */

import { hideAllOfCredentials } from "../../lib/credentials.ts";
import { type CommandResult, lastLine } from "./command.ts";
import { ProvisionError } from "./failure.ts";
import { type PipProxy, proxyFailure } from "./pip_proxy.ts";
import type { NativeSite } from "./site.ts";

/** @param own The proxy of pip's own settings. */
export function pipFailure(
  site: NativeSite,
  what: string,
  result: CommandResult,
  own: PipProxy | null,
): ProvisionError {
  const output = `${result.stdout}\n${result.stderr}`;
  if (/DO NOT MATCH THE HASHES/i.test(output)) {
    return hashMismatch(what);
  }
  if (/No space left on device|Errno 28/i.test(output)) {
    return new ProvisionError(
      "disk",
      `The disk filled up while ${what} was being fetched`,
      {
        hint:
          "Free some space, or set VAE_PRIORS_CACHE to a folder on a larger disk",
      },
    );
  }
  const proxy = proxyFailure(what, output, { env: site.env, own });
  if (proxy !== null) return proxy;
  if (NETWORK.test(output)) {
    return new ProvisionError(
      "network",
      `${what} could not be fetched: the Python package index is out of reach`,
      {
        hint:
          "Connect to the network (pip's own settings for proxies and mirrors are used), then run setup",
      },
    );
  }
  if (/No matching distribution|Could not find a version/i.test(output)) {
    return new ProvisionError(
      "network",
      `${what} could not be fetched: the Python package index in use has no such file`,
      {
        hint:
          "Point pip at an index that has it (`pip config`), then run setup",
      },
    );
  }
  return new ProvisionError(
    "pip",
    `${what} could not be fetched: pip says "${
      hideAllOfCredentials(lastLine(result), site.env)
    }"`,
    {
      hint:
        "Update pip (`python3 -m pip install --upgrade pip`), then run setup",
    },
  );
}

/** A file came that is not the pinned one. */
export function hashMismatch(what: string): ProvisionError {
  return new ProvisionError(
    "hash",
    `${what} was fetched, but its sha256 is not the pinned one, so it was thrown away`,
    {
      hint: "Check the mirror or proxy that pip uses, then run setup",
    },
  );
}

const NETWORK =
  /NewConnectionError|ConnectTimeout|ReadTimeout|timed out|name resolution|Name or service not known|nodename nor servname|Network is unreachable|No route to host|Connection (?:refused|reset|aborted|broken)|Cannot connect to proxy|ProxyError|Max retries|SSLError|CERTIFICATE_VERIFY|IncompleteRead|ProtocolError|HTTP error|Client Error|Server Error/i;
