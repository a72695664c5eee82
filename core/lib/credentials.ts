/**
 * Credentials kept out of what the program says and writes.
 *
 * @module
 */

import { basename } from "node:path";
import process from "node:process";

/** Stands where a credential was. */
const HIDDEN = "***";

/** `scheme://user:password@`, also where it is wrong and has `/` and `@` in it. */
const IN_A_URL = /(?<![a-z0-9])(?!file:)([a-z][a-z0-9+.-]*:\/\/)[^\s"'`<>]*@/gi;
/** `npm:name@1.0.0` and `npm:@scope/name`, as Deno and npm name packages. */
const PACKAGE = String
  .raw`(?:npm|jsr):(?:(?:@[\w.-]+/)?[\w.-]+@[~^]?\d+(?:\.\d+){0,2}(?:-[\w.]+)?|@[\w.-]+/[\w.-]+)(?![\w-]|[.:]\d|[^\s"'\x60<>]*@)`;
/** `user:password@host`, whose scheme somebody has forgotten; no path `C:\a@b`. */
const WITHOUT_SCHEME = new RegExp(
  String
    .raw`(?<![^\s"'\x60<>(=,])(?![a-z]:[\\/]|${PACKAGE})[^\s"'\x60<>:]*:(?!\/\/)[^\s"'\x60<>]*@(?=[\w[])`,
  "gi",
);

/** Variables that hold a secret and nothing else. */
const SECRETS = [
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "VAE_PRIORS_STORE_KEY",
];
/** Variables that may hold a URL, and in it user and password. */
const OF_URLS = /(?:_URLS?|PROXY|_INDEX|_LINKS)$/i;
/** Shorter ones are found in any text. */
const LEAST = 3;

/**
 * `text` without user and password of any URL in it, and without the secrets
 * that the environment holds; for messages, which may quote what other programs
 * and services have said.
 *
 * A secret that is a word or a number like others, `run` or `1`, is hidden where
 * it speaks as one: other words stay readable, and give nothing away.
 */
export function hideCredentials(
  text: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  return hide(text, env, isPlain);
}

/**
 * What a program or a library has said that was given a credential: `text`
 * without any word that is a part of one, however plain. One or two characters
 * are in every address; to hide those would tell which they are.
 */
export function hideAllOfCredentials(
  text: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  return hide(text, env, (secret) => secret.length < LEAST);
}

/** Hides secrets wherever they stand, and `plain` ones where they speak as such. */
function hide(
  text: string,
  env: NodeJS.ProcessEnv,
  plain: (secret: string) => boolean,
): string {
  return secretsOf(env).reduce(
    (rest, secret) =>
      plain(secret)
        ? rest.replaceAll(spokenOf(secret), `$1${HIDDEN}`)
        : rest.replaceAll(alone(secret), HIDDEN),
    withoutUserInfo(text),
  );
}

function withoutUserInfo(text: string): string {
  return text
    .replace(IN_A_URL, `$1${HIDDEN}@`)
    .replace(WITHOUT_SCHEME, `${HIDDEN}@`);
}

/** This process's command line, `["vae-priors", "run", ...]`, without credentials. */
export function ownCommand(
  [, script = "", ...words]: readonly string[] = process.argv,
): string[] {
  const name = basename(script);
  return [
    name === "bin.mjs" ? "vae-priors" : name,
    ...words.map((word) => hideCredentials(word)),
  ];
}

/** Longest first: a part of a secret must not hide the rest of it from the search. */
function secretsOf(env: NodeJS.ProcessEnv): readonly string[] {
  const found = Object.entries(env).flatMap(([name, value = ""]) =>
    SECRETS.includes(name)
      ? [value]
      : OF_URLS.test(name)
      ? secretsIn(value)
      : []
  );
  return [...new Set(found)]
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length);
}

/**
 * What the URLs in a variable keep secret: passwords, whole, decoded, and in
 * pieces, as a parser quotes them; and with their users, as they are sent.
 */
function secretsIn(value: string): readonly string[] {
  return value.split(/\s+/).flatMap((url) => {
    const end = url.lastIndexOf("@");
    if (end === -1) return [];
    const userInfo = url.slice(0, end).replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
    const colon = userInfo.indexOf(":");
    const password = userInfo.slice(colon + 1);
    const sent = colon > 0 ? [userInfo, decoded(userInfo)] : [];
    return [
      ...sent,
      ...sent.map((one) => Buffer.from(one).toString("base64")),
      password,
      decoded(password),
      ...password.split(/[^\w-]+/),
    ];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A secret that is no part of a longer word. */
function alone(secret: string): RegExp {
  return new RegExp(String.raw`(?<!\w)${escaped(secret)}(?!\w)`, "g");
}

function escaped(secret: string): string {
  return secret.replaceAll(/[^\w\s]/g, String.raw`\$&`);
}

/** Whether a secret may stand in any text by chance: a word, a number, a few characters. */
function isPlain(secret: string): boolean {
  return secret.length < 5 && /^[\w-]+$/.test(secret) ||
    secret.length < 16 && /^[a-z]+(?:[_-][a-z]+)*$/i.test(secret) ||
    secret.length < 6 && /^\d+$/.test(secret);
}

/** A plain secret in quotes of a library's, or behind a word that names it. */
function spokenOf(secret: string): RegExp {
  const text = escaped(secret);
  const named = String
    .raw`\b(?:pass(?:word|wd|phrase|(?=["']?\s*[:=]))|pwd|auth(?:entication|orization)?|token|secret|port)`;
  const between = String.raw`(?:\s+default)?["'\s]{0,2}[\s:=]["'\s]{0,2}`;
  return new RegExp(
    String.raw`((?<!\w)'(?=${text}')|${named}${between})${text}(?!\w)`,
    "gi",
  );
}
