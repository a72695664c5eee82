import { createServer, request } from "node:http";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { gridPng } from "../../../core/picture/mod.ts";
import { startServer } from "../../../core/report/live/mod.ts";
import { listenTo, type ServerEvent } from "./_events.ts";
import { beginRun, serveCheckout } from "./_live_run.ts";

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** As it is, where fetch would tidy the path and set the host. */
function ask(
  url: string,
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<Reply> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    request({
      hostname,
      port,
      path,
      method: options.method ?? "GET",
      headers: { host: options.host ?? host },
      agent: false,
    }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      const { statusCode = 0, headers } = response;
      resolve({ status: statusCode, headers, text });
    }).on("error", reject).end();
  });
}

test("shows runs, newest first, the page of each, and its report", async () => {
  const { here, server, done } = await serveCheckout();
  const overview = await ask(server.url, "/");
  expect(overview.status).toBe(200);
  expect(overview.text).toContain(`<a href="/runs/${done}">${done}</a>`);
  expect(overview.text).toContain('<span class="state done">done</span>');
  expect(overview.text).toContain("−98.00");

  const run = await beginRun(here);
  const both = await ask(server.url, "/");
  expect(both.text.indexOf(run.id)).toBeLessThan(both.text.indexOf(done));
  expect(both.text).toContain("2 runs, 1 of them running");
  await run.end();
  expect((await ask(server.url, "/")).text)
    .toContain('<span class="state interrupted">');

  const page = await ask(server.url, `/runs/${done}`);
  expect(page.text).toContain("6 of 6 stages done.");
  expect(page.text).toContain("<td>−98.00 ± 0.30</td>");
  const report = await ask(server.url, `/runs/${done}/report.html`);
  expect(report.text)
    .toBe(
      readFileSync(join(here.outputs, "runs", done, "report.html"), "utf8"),
    );
  expect(report.headers["content-security-policy"])
    .toContain("sandbox allow-scripts");
});

test("says so where nothing has run", async () => {
  const { here, server } = await serveCheckout();
  rmSync(join(here.outputs, "runs"), { recursive: true });
  expect((await ask(server.url, "/")).text).toContain("No runs yet");
});

test("gives no file but those of known runs", async () => {
  const { here, server, done } = await serveCheckout();
  const paths = [
    "/pipeline.config.json",
    "/../pipeline.config.json",
    "/runs/../../pipeline.config.json",
    `/runs/${done}/record.json`,
    `/runs/${done}/../../../pipeline.config.json`,
    `/runs/${done}/..%2f..%2f..%2fpipeline.config.json`,
    `/runs/..%2f..%2f${encodeURIComponent(here.folder)}/report.html`,
    `/runs/..%2fruns%2f${done}/report.html`,
    `/runs/${done.slice(0, -1)}/report.html`,
    "/runs/%E0%A4%A/report.html",
    "/runs//report.html",
    "/runs/",
    "/report.html",
    `/runs/${done}/events/x`,
    "//",
  ];
  for (const path of paths) {
    expect([path, (await ask(server.url, path)).status]).toEqual([path, 404]);
  }
});

test("changes nothing, and answers to its own name alone", async () => {
  const { server } = await serveCheckout();
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const { status, headers } = await ask(server.url, "/", { method });
    expect([method, status, headers.allow]).toEqual([method, 405, "GET, HEAD"]);
  }
  const { port } = new URL(server.url);
  for (
    const host of [
      "evil.example",
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1.evil.example`,
      `evil.localhost:${port}`,
      "localhost:80@evil.example",
      "127.0.0.2",
      "0.0.0.0",
      "localhost:",
    ]
  ) {
    const { status, text } = await ask(server.url, "/", { host });
    expect([host, status]).toEqual([host, 403]);
    expect(text).not.toContain("<");
  }
  // At any port: that of a tunnel is another one.
  for (
    const host of [
      `localhost:${port}`,
      "LOCALHOST:8080",
      "127.0.0.1:1",
      "[::1]:9000",
      "localhost",
    ]
  ) {
    const { status } = await ask(server.url, "/", { host });
    expect([host, status]).toEqual([host, 200]);
  }
  const head = await ask(server.url, "/", { method: "HEAD" });
  expect([head.status, head.text]).toEqual([200, ""]);
});

test("every answer forbids what the page does not need", async () => {
  const { server, done } = await serveCheckout();
  for (const path of ["/", `/runs/${done}`, "/nothing"]) {
    const { headers } = await ask(server.url, path);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain("http");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  }
});

test("tells who looks on what has changed", async () => {
  const { here, server } = await serveCheckout();
  const run = await beginRun(here);
  run.log(1, 100);
  const events = await listenTo(`${server.urlOf(run.id)}/events`);
  const fragment =
    (name: string, text: string) => ({ event, data }: ServerEvent) =>
      event === "fragment" && data.id === name &&
      data.html!.includes(text);
  await events.next(fragment("curves", "Gaussian(0,1) 105.00"));
  run.log(2, 90.5);
  const { data } = await events.next(fragment("curves", "95.50"));
  expect(data.html).toContain("Gaussian(0,1) 95.50");
  run.progress(30, 120);
  await events.next(fragment("progress", "30 of 120"));
  await server.close();
  await events.next(({ event }) => event === "end");
});

test("draws from a model in training, anew with each checkpoint", async () => {
  const { here, server } = await serveCheckout();
  const run = await beginRun(here);
  const events = await listenTo(`${server.urlOf(run.id)}/events`);
  const card = (text: string) => ({ data }: ServerEvent) =>
    data.id === "trial-0" && data.html!.includes(text);
  await events.next(card("Samples come with the first checkpoint"));
  for (const [steps, pixel] of [[7, 1], [9, 0]] as const) {
    await run.save(steps, pixel);
    const { data } = await events.next(card("Samples"));
    expect(data.html).toContain(`after 1 epoch and ${steps} steps of training`);
    const png = gridPng({
      count: 64,
      height: 2,
      width: 2,
      pixels: new Float32Array(64 * 4).fill(pixel),
    });
    expect(data.html).toContain(Buffer.from(png).toString("base64"));
  }
  await run.end();
  await events.next(card("No samples"));
});

test("a run that has been removed is gone", async () => {
  const { here, server, done } = await serveCheckout();
  const events = await listenTo(`${server.urlOf(done)}/events`);
  await events.next(({ data }) => data.id === "trial-0");
  rmSync(join(here.outputs, "runs", done), { recursive: true });
  await events.next(({ event }) => event === "gone");
  expect((await ask(server.url, `/runs/${done}`)).status).toBe(404);
});

test("takes the next port where none was asked for, else says what is wrong", async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const folder = {
    baseDirectory: "/nowhere",
    outputDirectory: "/nowhere",
    storeDirectory: "/nowhere/s",
  };
  await expect(startServer({ ...folder, port })).rejects.toMatchObject({
    name: "UserError",
    message: `Cannot serve at port ${port}: another program listens there`,
  });
  const one = await startServer(folder);
  const two = await startServer(folder);
  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(two.url).not.toBe(one.url);
  await one.close();
  await two.close();
});
