import type { RequestListener } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { downloadMnist } from "../../datasets/download.ts";
import { roles } from "../../datasets/mnist.ts";
import { UserError } from "../../core/lib/errors.ts";
import { startProxy } from "../lib/network/_proxy_server.ts";
import { freePort } from "../port.ts";
import { smallSet, temporaryFolder } from "./idx_fixture.ts";
import {
  absent,
  honest,
  labelsOnly,
  portal,
  silent,
  stalling,
  startMirror,
  stranger,
} from "./_mirrors.ts";

// The small set stands for MNIST here.
vi.mock("../../datasets/mnist.ts", async (original) => {
  const module = await original<typeof import("../../datasets/mnist.ts")>();
  const { smallSet } = await import("./idx_fixture.ts");
  const { sha256 } = await import("../../datasets/data_file.ts");
  const set: Readonly<Record<string, Uint8Array>> = smallSet();
  const digests = module.roles.map((
    role,
  ) => [role, sha256(set[module.mnistNames[role]]!)]);
  return { ...module, mnistDigests: Object.fromEntries(digests) };
});

/** No answer takes so long; where silence is to end, the test's clock says so. */
const PATIENCE = 300_000;

/** Sets this proxy and no other, until the test ends. */
function useProxy(url: string): void {
  for (const name of ["HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name.toLowerCase(), undefined);
    vi.stubEnv(name, name === "HTTP_PROXY" ? url : undefined);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
}

async function download(listeners: readonly RequestListener[]) {
  const folder = join(await temporaryFolder(), "mnist");
  const mirrors = await Promise.all(listeners.map(startMirror));
  const places = {
    projectFolder: folder,
    mirrors: mirrors.map(({ address }) => address),
    patience: PATIENCE,
  };
  return { folder, mirrors, done: downloadMnist(roles, places) };
}

async function expectAllFiles(folder: string): Promise<void> {
  expect((await readdir(folder)).sort()).toEqual(
    Object.keys(smallSet()).map((name) => `${name}.gz`).sort(),
  );
  for (const [name, content] of Object.entries(smallSet())) {
    expect(gunzipSync(await readFile(join(folder, `${name}.gz`)))).toEqual(
      Buffer.from(content),
    );
  }
}

describe("downloadMnist()", () => {
  it("fetches the four files", async () => {
    const { folder, done } = await download([honest]);
    await done;
    await expectAllFiles(folder);
  });

  it("goes through the proxy", async () => {
    const proxy = await startProxy();
    useProxy(`http://${proxy.place}`);
    const { folder, mirrors, done } = await download([honest]);
    await done;
    await expectAllFiles(folder);
    expect(proxy.asked).toHaveLength(4);
    expect(proxy.asked[0]).toContain(mirrors[0]!.address);
  });

  it.each([
    ["wants another password", "me:right", "wants another user or password"],
    ["is wrongly set", null, "Cannot use the proxy in HTTP_PROXY"],
  ])("a proxy that %s is a mistake", async (_, credentials, said) => {
    const place = credentials === null
      ? "127.0.0.1:port"
      : (await startProxy({ credentials })).place;
    useProxy(`http://me:s3cret@${place}`);
    const { done } = await download([honest, honest]);
    await expect(done).rejects.toThrow(UserError);
    await expect(done).rejects.toThrow(said);
    await expect(done).rejects.not.toThrow(/s3cret/);
  });

  it("a proxy that is not there is as no network, and is named", async () => {
    const place = `127.0.0.1:${await freePort()}`;
    useProxy(`http://me:s3cret@${place}`);
    const { done } = await download([honest]);
    await expect(done).rejects.not.toThrow(UserError);
    await expect(done).rejects.toThrow(
      `The proxy ${place} (HTTP_PROXY), on the way to`,
    );
    await expect(done).rejects.not.toThrow(/s3cret/);
  });

  it("fetches only what is asked for", async () => {
    const folder = await temporaryFolder();
    const { address, asked } = await startMirror(honest);
    await downloadMnist(["testLabels"], {
      projectFolder: folder,
      mirrors: [address],
      patience: PATIENCE,
    });
    expect(asked).toEqual(["/mnist/t10k-labels-idx1-ubyte.gz"]);
    expect(await readdir(folder)).toEqual(["t10k-labels-idx1-ubyte.gz"]);
  });

  it.each([
    ["is silent", silent],
    ["stalls", stalling],
    ["answers with something else", portal],
    ["lacks the files", absent],
  ])("takes the other mirror where one %s", async (_, listener) => {
    const { folder, done } = await download([listener, honest]);
    await done;
    await expectAllFiles(folder);
  });

  it("asks the other mirrors for a file that the quickest lacks", async () => {
    let asked = 0;
    let choose = () => {};
    const chosen = new Promise<void>((resolve) => choose = resolve);
    const quick: RequestListener = (request, response) => {
      if (++asked === 2) choose();
      labelsOnly(request, response);
    };
    const late: RequestListener = (request, response) =>
      void chosen.then(() => honest(request, response));
    const { folder, mirrors, done } = await download([quick, late]);
    await done;
    await expectAllFiles(folder);
    expect(mirrors[0]!.asked).toHaveLength(4);
  });

  it("gives every mirror's reason and writes nothing where none can be had", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { folder, mirrors, done } = await download(
      [absent, portal, stranger, silent],
    );
    // Each has a timer until it has been heard out.
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(PATIENCE);
    const [first, second, third, fourth] = mirrors.map(({ address }) =>
      new URL(address).host
    );
    const thrown = await done.then(
      () => "nothing",
      (error: Error) => error.message,
    );
    const reasons = thrown.split("; ");
    expect(reasons[0]).toBe(`${first}: HTTP status 404`);
    expect(reasons[1]).toBe(
      `http://${second}/mnist/train-labels-idx1-ubyte.gz: found a web page (HTML), want MNIST's file`,
    );
    expect(reasons[2]).toMatch(
      new RegExp(
        `^http://${third}/mnist/train-labels-idx1-ubyte.gz: found sha256 [0-9a-f]{64}, want [0-9a-f]{64}$`,
      ),
    );
    expect(reasons[3]).toBe(`${fourth}: silent for 300 s`);
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  it("writes nothing where one file is missing", async () => {
    const { folder, done } = await download([labelsOnly]);
    await expect(done).rejects.toThrow("HTTP status 404");
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  it("says which host cannot be reached", async () => {
    const port = await freePort();
    const places = {
      projectFolder: "unused",
      mirrors: [`http://127.0.0.1:${port}/`],
      patience: PATIENCE,
    };
    await expect(downloadMnist(roles, places)).rejects.toThrow(
      `127.0.0.1:${port}: connect ECONNREFUSED`,
    );
  });
});
