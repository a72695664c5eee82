import { describe, expect, test } from "vitest";
import {
  hideAllOfCredentials,
  hideCredentials,
  ownCommand,
} from "../../core/lib/credentials.ts";

const hide = (text: string, env = {}) => hideCredentials(text, env);

describe("hideCredentials", () => {
  test.each([
    ["redis://:s3cr/et=@host", "redis://***@host"],
    ["redis://:p@ss@host:1", "redis://***@host:1"],
    ["user:s3cret@host", "***@host"],
    [":s3cret@[::1]:1", "***@[::1]:1"],
    ["to (http://user:s3#cret@host:1/x).", "to (http://***@host:1/x)."],
    ['"s3://AKIA:s3cret@bucket/p"', '"s3://***@bucket/p"'],
    ["--redis=redis://u:s3cret@h", "--redis=redis://***@h"],
    ["--redis://:s3cret@h", "--redis://***@h"],
    ["--proxy u:s3cret@h", "--proxy ***@h"],
    ["https://token@host", "https://***@host"],
    ["npm:s3cret@host", "***@host"],
    ["npm:s3cret@10.0.0.1", "***@10.0.0.1"],
    ["npm:12@34:6379", "***@34:6379"],
    ["npm:@s3/cret@host", "***@host"],
    ["npm:s@1.0.0@host", "***@host"],
    ["a http://u:s@h and https://v:t@i", "a http://***@h and https://***@i"],
  ])("%s is %s", (text, shown) => expect(hide(text)).toBe(shown));

  test.each([
    "redis://host:6379/0",
    "at f (file:///a/node_modules/@aws-sdk/x/index.js:1:2)",
    "at f (/a/node_modules/.pnpm/x@1.2.0/index.js:1:2)",
    "at f (node:internal/url:806:29)",
    "mail me@host.org, 12:30 at @work",
    "C:\\a\\node_modules\\@aws-sdk\\x.js",
    "./my prior.ts: x@y",
    "deno run -A npm:vae-priors@0.1.0 run",
    "npm:vae-priors@^1/x, npm:@a/b and jsr:@a/b@1.2.3-rc.1.",
  ])("leaves %s", (text) => expect(hide(text)).toBe(text));

  test("knows the secrets of the environment, their pieces too", () => {
    const env = {
      AWS_SECRET_ACCESS_KEY: "wJal/rX+Ut",
      VAE_PRIORS_STORE_KEY: "key of mine",
      HTTPS_PROXY: "http://user:s3cr/et%21x@host:1",
      PIP_INDEX_URL: "https://t0ken@index/simple",
      PATH: "/a:/opt/node@20/bin",
      NOT_A_URL: "x",
    };
    expect(hide("the key wJal/rX+Ut, or key of mine", env))
      .toBe("the key ***, or ***");
    expect(hide("a port as 's3cr', s3cr/et!x decoded", env))
      .toBe("a port as '***', *** decoded");
    expect(hide("token t0ken of user, opt node", env))
      .toBe("token *** of user, opt node");
    expect(hide("s3crs, no part of another word", env))
      .toBe("s3crs, no part of another word");
  });

  test("knows user and password as they are sent", () => {
    const env = { HTTPS_PROXY: "http://me:r%21n@host" };
    const sent = Buffer.from("me:r!n").toString("base64");
    expect(hide(`Basic ${sent}, -u me:r!n`, env)).toBe("Basic ***, -u ***");
  });
});

describe("a password that is a word like others", () => {
  const env = (password: string) => ({
    REDIS_URL: `redis://:${password}@host`,
  });
  const TEXT =
    'Cannot run stage "load_mnist" of mnist: run 1 of 2026, gaussian, at x64 (main.ts:1:20)';

  test.each(["run", "mnist", "1", "2026", "gaussian", "x64", "load_mnist"])(
    "%s stays readable elsewhere",
    (password) => {
      expect(hide(TEXT, env(password))).toBe(TEXT);
      expect(hide(`to redis://:${password}@host`, env(password)))
        .toBe("to redis://***@host");
    },
  );

  test.each([
    "Port could not be cast to integer value as 'run'",
    "AUTH default run",
    "auth run",
    'password "run"',
    "password=run",
    '{"pass":"run"}',
    "token: run",
  ])("%s does not give it away", (text) => {
    expect(hide(text, env("run"))).toBe(text.replace("run", "***"));
  });

  test("is no word of what was given it", () => {
    expect(hideAllOfCredentials("Cannot run 1, runs 11", env("run")))
      .toBe("Cannot *** 1, runs 11");
    expect(hideAllOfCredentials("'1' is no port of 127.0.0.1", env("1")))
      .toBe("'***' is no port of 127.0.0.1");
  });
});

test("ownCommand() has no credentials", () => {
  const argv = ["node", "/x/core/cli/bin.mjs", "worker", "--redis"];
  expect(ownCommand([...argv, "redis://:s3cr/et@host"]))
    .toEqual(["vae-priors", "worker", "--redis", "redis://***@host"]);
  expect(ownCommand(["node", "/x/mine.mjs"])).toEqual(["mine.mjs"]);
});
