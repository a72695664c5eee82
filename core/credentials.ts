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
/** `user:password@host`, whose scheme somebody has forgotten; no path `C:\a@b`. */
const WITHOUT_SCHEME =
  /(?<![^\s"'`<>(=,])(?![a-z]:[\\/])[^\s"'`<>:]*:(?!\/\/)[^\s"'`<>]*@(?=[\w[])/gi;

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
 */
export function hideCredentials(
  text: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const shown = text
    .replace(IN_A_URL, `$1${HIDDEN}@`)
    .replace(WITHOUT_SCHEME, `${HIDDEN}@`);
  return secretsOf(env).reduce(
    (rest, secret) => rest.replaceAll(alone(secret), HIDDEN),
    shown,
  );
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
      ? passwordsIn(value)
      : []
  );
  return [...new Set(found)]
    .filter((secret) => secret.length >= LEAST)
    .sort((a, b) => b.length - a.length);
}

/** Passwords of the URLs in a variable: whole, decoded, and in pieces, as a parser quotes them. */
function passwordsIn(value: string): readonly string[] {
  return value.split(/\s+/).flatMap((url) => {
    const end = url.lastIndexOf("@");
    if (end === -1) return [];
    const userInfo = url.slice(0, end).replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
    const password = userInfo.slice(userInfo.indexOf(":") + 1);
    return [password, decoded(password), ...password.split(/[^\w-]+/)];
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
  const text = secret.replaceAll(/[^\w\s]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<!\w)${text}(?!\w)`, "g");
}
