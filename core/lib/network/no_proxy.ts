/**
 * `NO_PROXY`: hosts that are reached without a proxy.
 *
 * @module
 */

import { BlockList, isIP } from "node:net";

/**
 * Whether a host is in the list. Its entries stand between commas or spaces:
 * `example.com` and `.example.com` are that host and all below it, `10.0.0.0/8`
 * is a network, `host:8080` holds for that port alone, and `*` is everything.
 */
export function isWithoutProxy(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list.split(/[\s,]+/).filter(Boolean).some((entry) => {
    if (entry === "*") return true;
    const { name, port: only } = split(entry.toLowerCase());
    if (only !== undefined && only !== port) return false;
    if (isInNetwork(host, name)) return true;
    const suffix = name.replace(/^\*?\./, "");
    return host === suffix || isIP(host) === 0 && host.endsWith(`.${suffix}`);
  });
}

/** Brackets of IPv6 and the dot of a name's root are spelling. */
function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/** `host:8080`; colons within IPv6 are none of a port. */
function split(
  entry: string,
): { readonly name: string; readonly port?: string } {
  const match = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  return match === null
    ? { name: bare(entry) }
    : { name: bare(match[1]!), port: match[2]! };
}

/** Whether an address is that one, however it is spelt, or in that network. */
function isInNetwork(host: string, name: string): boolean {
  const [address = "", bits] = name.split("/");
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
  const network = new BlockList();
  network.addSubnet(address, prefix, type);
  return network.check(host, type);
}
