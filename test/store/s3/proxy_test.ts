/** A service behind a proxy. */

import { expect, onTestFinished, test, vi } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { startProxy } from "../../lib/network/_proxy_server.ts";
import { AUTHORITY, CERTIFICATE } from "../../lib/network/certificate.ts";
import { freePort } from "../../port.ts";
import { at, openElsewhere, put, setEnvironment, useFake } from "./_opened.ts";

const LOCATION = "s3://bucket/store";

/** Sets these variables and no other of proxies, until the test ends. */
function useProxies(variables: Record<string, string>): void {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name.toLowerCase(), undefined);
    vi.stubEnv(name, variables[name]);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
}

test.each([
  ["http", undefined],
  ["https", CERTIFICATE],
])("over %s everything goes through it", async (scheme, certificate) => {
  const fake = await useFake(certificate);
  setEnvironment({ AWS_CA_BUNDLE: AUTHORITY });
  const proxy = await startProxy({ credentials: "me:s3cret" });
  useProxies({ ALL_PROXY: `http://me:s3cret@${proxy.place}` });
  const store = openElsewhere(LOCATION);
  await put(store, at("a"), "x".repeat(9e6));
  expect(await openElsewhere(LOCATION).read(at("a")))
    .toMatchObject({ note: { text: expect.stringContaining("xxx") } });
  const { host } = new URL(fake.url);
  if (scheme === "http") {
    // What stores of other tests still ask has another host.
    expect(proxy.asked.filter((request) => request.includes(host)))
      .toHaveLength(fake.requests.length);
    expect(proxy.asked).toContainEqual(
      expect.stringMatching(`^PUT ${fake.url}/bucket/store/`),
    );
  } else {
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}`]));
  }
  useProxies({ ALL_PROXY: proxy.place, NO_PROXY: host });
  const before = proxy.asked.length;
  expect(await openElsewhere(LOCATION).inspect(at("a")))
    .toMatchObject({ status: "hit" });
  expect(proxy.asked).toHaveLength(before);
});

test.each(["http", "https"])(
  "a proxy for %s that refuses, or is not there, is named",
  async (scheme) => {
    await useFake();
    setEnvironment({ AWS_ENDPOINT_URL_S3: `${scheme}://s3.invalid` });
    const proxy = await startProxy({ credentials: "me:right" });
    useProxies({ ALL_PROXY: `http://me:s3cret@${proxy.place}` });
    const refused = openElsewhere(LOCATION).inspect(at("a"));
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      `The proxy ${proxy.place} (ALL_PROXY) wants another user or password on the way to s3.invalid`,
    );
    const place = `127.0.0.1:${await freePort()}`;
    useProxies({ ALL_PROXY: `http://me:s3cret@${place}` });
    const unreached = openElsewhere(LOCATION).inspect(at("a"));
    await expect(unreached).rejects.toThrow(UserError);
    await expect(unreached).rejects.toThrow(
      `Cannot use the store "${LOCATION}": The proxy ${place} (ALL_PROXY), on the way to s3.invalid`,
    );
    await expect(unreached).rejects.not.toThrow(/s3cret/);
  },
);

test("what a proxy answers itself is not told as the service's", async () => {
  const fake = await useFake();
  const proxy = await startProxy({ status: 503 });
  useProxies({ HTTP_PROXY: `http://me:s3cret@${proxy.place}` });
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  const { host } = new URL(fake.url);
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow(
    `Cannot use the store "${LOCATION}": The proxy ${proxy.place} (HTTP_PROXY) gave 503 on the way to ${host}, and nothing says`,
  );
  await expect(inspecting).rejects.not.toThrow(/s3cret/);
  // The client's own tries.
  expect(proxy.asked).toHaveLength(3);
});

test("a service that is overloaded behind a proxy is waited for", async () => {
  const fake = await useFake();
  useProxies({ HTTP_PROXY: (await startProxy()).place });
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  fake.faults.refuse = { status: 503, code: "SlowDown", times: 9 };
  const refused = openElsewhere(LOCATION).inspect(at("a"));
  await expect(refused).rejects.toThrow("answered 503 SlowDown");
  fake.faults.refuse.times = 4;
  expect(await store.inspect(at("a"))).toMatchObject({ status: "hit" });
});

test("a wrong variable is a mistake", async () => {
  await useFake();
  useProxies({ HTTP_PROXY: "socks5://me:s3cret@p:1" });
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow(
    "Cannot use the proxy in HTTP_PROXY",
  );
  await expect(inspecting).rejects.not.toThrow(/s3cret/);
});
