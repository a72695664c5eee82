/** Reading through real proxies of this machine. */

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { freePort } from "../../port.ts";
import { runChild } from "../../processes/child.ts";
import { ProxyError } from "../../../core/lib/network/proxy_failure.ts";
import { get } from "../../../core/lib/network/get.ts";
import { AUTHORITY, CERTIFICATE } from "./certificate.ts";
import { startProxy } from "./_proxy_server.ts";

vi.setConfig({ testTimeout: 120_000 });

const GET = fileURLToPath(new URL("_get.ts", import.meta.url));
const PLAIN = /^(?:GET|CONNECT) /;

/** A server that says its path, and sends from `/from` to `/to`. */
async function startServer(secure: boolean): Promise<string> {
  const listener: RequestListener = ({ url, headers }, response) => {
    expect(headers["proxy-authorization"]).toBeUndefined();
    if (url === "/none") response.writeHead(404, { via: "1.1 proxy" });
    if (url === "/from") response.writeHead(302, { location: "/to" });
    response.end(`at ${url}`);
  };
  const server = secure
    ? createSecureServer(CERTIFICATE, listener)
    : createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return `${secure ? "https" : "http"}://127.0.0.1:${port}`;
}

async function read(url: string): Promise<string> {
  const chunks: Buffer[] = [];
  const { signal } = new AbortController();
  for await (const chunk of await get(new URL(url), signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** This process's variables, until the test ends. */
function useProxies(variables: Record<string, string>): void {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name.toLowerCase(), undefined);
    vi.stubEnv(name, variables[name]);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("http goes through HTTP_PROXY, redirects as well", async () => {
  const server = await startServer(false);
  const proxy = await startProxy({ credentials: "me:s3cr/et" });
  useProxies({ HTTP_PROXY: `http://me:s3cr%2Fet@${proxy.place}` });
  expect(await read(`${server}/from`)).toBe("at /to");
  expect(proxy.asked).toEqual([`GET ${server}/from`, `GET ${server}/to`]);
});

test.each([{}, { certificate: CERTIFICATE }])(
  "https goes through HTTPS_PROXY by a tunnel %#",
  async (options) => {
    const server = await startServer(true);
    const proxy = await startProxy({ ...options, credentials: "me:s3cret" });
    const scheme = options.certificate === undefined ? "http" : "https";
    const { code, stdout } = await runChild(
      [process.execPath, "--import", "tsx", GET, `${server}/from`],
      {
        env: {
          NODE_EXTRA_CA_CERTS: AUTHORITY,
          no_proxy: "",
          HTTPS_PROXY: `${scheme}://me:s3cret@${proxy.place}`,
        },
      },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: "at /to" });
    const { host } = new URL(server);
    expect(proxy.asked).toEqual([`CONNECT ${host}`, `CONNECT ${host}`]);
  },
);

test("NO_PROXY goes around it", async () => {
  const server = await startServer(false);
  const proxy = await startProxy();
  useProxies({ HTTP_PROXY: proxy.place, NO_PROXY: "127.0.0.0/8" });
  expect(await read(`${server}/x`)).toBe("at /x");
  expect(proxy.asked).toEqual([]);
});

test.each(["http", "https"])(
  "a proxy that refuses %s is named, without its password",
  async (scheme) => {
    const proxy = await startProxy({ credentials: "me:right" });
    useProxies({
      HTTP_PROXY: `http://me:s3cret@${proxy.place}`,
      HTTPS_PROXY: `http://me:s3cret@${proxy.place}`,
    });
    const reading = read(`${scheme}://host.invalid/x`);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(
      `The proxy ${proxy.place} (${scheme.toUpperCase()}_PROXY) wants another user or password on the way to host.invalid`,
    );
    await expect(reading).rejects.not.toThrow(/s3cret/);
    expect(proxy.asked).toHaveLength(1);
    expect(proxy.asked[0]).toMatch(PLAIN);
  },
);

test("a proxy that forbids a host says so", async () => {
  const proxy = await startProxy({ status: 403 });
  useProxies({ HTTPS_PROXY: proxy.place });
  await expect(read("https://host.invalid/x")).rejects.toThrow(
    `The proxy ${proxy.place} (HTTPS_PROXY) does not connect to host.invalid:443: it answered 403`,
  );
});

test.each([
  [502, {}, "gave 502 on the way to host.invalid, and nothing says that host"],
  [403, { "X-Squid-Error": "ERR_ACCESS_DENIED 0" }, "it answered 403"],
  [500, { "Proxy-Status": "p; error=dns_error" }, "it answered 500"],
])(
  "an answer %d of a proxy's own, %j, is told as such",
  async (status, headers, said) => {
    const proxy = await startProxy({ status, headers });
    useProxies({ HTTP_PROXY: `http://me:s3cret@${proxy.place}` });
    const reading = read("http://host.invalid/x");
    await expect(reading).rejects.toThrow(ProxyError);
    await expect(reading).rejects.toThrow(
      `The proxy ${proxy.place} (HTTP_PROXY) `,
    );
    await expect(reading).rejects.toThrow(said);
    await expect(reading).rejects.not.toThrow(/s3cret/);
  },
);

test("what the server answers through a proxy is the server's", async () => {
  const server = await startServer(false);
  const proxy = await startProxy();
  useProxies({ HTTP_PROXY: proxy.place });
  const { signal } = new AbortController();
  const answer = await get(new URL(`${server}/none`), signal);
  expect(answer.resume().statusCode).toBe(404);
});

test.each(["http", "https"])(
  "a proxy for %s that is not there is named, without its password",
  async (scheme) => {
    const place = `127.0.0.1:${await freePort()}`;
    useProxies({ ALL_PROXY: `http://me:s3cret@${place}` });
    const reading = read(`${scheme}://host.invalid/x`);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(
      `The proxy ${place} (ALL_PROXY), on the way to host.invalid`,
    );
    await expect(reading).rejects.toThrow("cannot be reached");
    await expect(reading).rejects.not.toThrow(/s3cret/);
  },
);
