/** Which proxy the environment names for what. */

import { expect, test } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { describeProxies } from "../../../core/lib/network/describe.ts";
import { proxyFor } from "../../../core/lib/network/proxy.ts";

const placeOf = (url: string, env: Record<string, string>) =>
  proxyFor(new URL(url), env)?.place ?? null;

test.each([
  [{ HTTPS_PROXY: "http://a:1" }, "a:1", null],
  [{ http_proxy: "http://a:1" }, null, "a:1"],
  [{ HTTPS_PROXY: "http://a:1", https_proxy: "b:2" }, "b:2", null],
  [{ HTTPS_PROXY: "http://a:1", https_proxy: "" }, null, null],
  [{ ALL_PROXY: "http://a:1" }, "a:1", "a:1"],
  [{ all_proxy: "http://a:1", HTTP_PROXY: "b" }, "a:1", "b:80"],
  [
    { HTTPS_PROXY: "https://a/", HTTP_PROXY: "http://[::1]:3128" },
    "a:443",
    "[::1]:3128",
  ],
  [{}, null, null],
])("%j", (env, https, http) => {
  expect(placeOf("https://host/x", env as Record<string, string>)).toBe(https);
  expect(placeOf("http://host/x", env as Record<string, string>)).toBe(http);
});

test.each<[string, string, boolean]>([
  ["", "https://host", true],
  ["*", "https://host", false],
  ["other, host", "https://host", false],
  ["host", "https://a.host", false],
  [".host", "https://a.host", false],
  ["*.host other", "https://a.host", false],
  [".host", "https://ghost", true],
  ["HOST", "https://host", false],
  ["host:443", "https://host", false],
  ["host:80", "https://host", true],
  ["host:9000", "http://host:9000", false],
  ["127.0.0.1", "http://127.0.0.1:9000", false],
  ["7.0.0.1", "http://127.0.0.1", true],
  ["10.0.0.0/8", "http://10.1.2.3", false],
  ["10.0.0.0/8", "http://11.1.2.3", true],
  ["::1", "http://[::1]:9000", false],
  ["[::1]:9000", "http://[::1]:9000", false],
  ["[::1]:1", "http://[::1]:9000", true],
  ["fd00::/8", "http://[fd12::1]", false],
])("NO_PROXY=%j, %s: through the proxy: %s", (list, url, through) => {
  const env = { HTTPS_PROXY: "p:1", HTTP_PROXY: "p:1", no_proxy: list };
  expect(placeOf(url, env)).toBe(through ? "p:1" : null);
});

test("credentials go into a header, and are not shown", () => {
  const env = { HTTPS_PROXY: "http://me:s3cr%2Fet@p:1", NO_PROXY: ".lab" };
  const proxy = proxyFor(new URL("https://host"), env)!;
  expect(proxy.headers).toEqual({
    "Proxy-Authorization": `Basic ${
      Buffer.from("me:s3cr/et").toString("base64")
    }`,
  });
  expect(describeProxies(env)).toEqual({
    status: "ok",
    found: "https through p:1 (HTTPS_PROXY), not to .lab (NO_PROXY)",
  });
  expect(describeProxies({}).found).toContain("none");
});

test.each([
  "http://",
  "http://p:port",
  "http://p:99999",
  "http://p/path",
  "socks5://me:s3cret@p:1",
  "http://me:s3cr/et@p:1",
  "http://me:1/s3cret@p:1",
  "http://me:s3cr#et@p:1",
  "me:s3cr?et@p:1",
  "two words",
])("HTTPS_PROXY=%s is a mistake, and is not shown", (HTTPS_PROXY) => {
  const reading = () => proxyFor(new URL("https://host"), { HTTPS_PROXY });
  expect(reading).toThrow(UserError);
  expect(reading).toThrow("Cannot use the proxy in HTTPS_PROXY: ");
  expect(reading).toThrow("want http://HOST:PORT");
  expect(reading).not.toThrow(/s3cr/);
  expect(describeProxies({ HTTPS_PROXY })).toMatchObject({ status: "fail" });
});
