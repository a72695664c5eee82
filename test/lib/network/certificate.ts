/**
 * A certificate for `localhost` and 127.0.0.1, signed by an authority that
 * nobody knows, valid until 2126. The authority's key was thrown away; the
 * server's is a secret of nobody.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = (name: string) =>
  fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** PEM file of the authority. */
export const AUTHORITY = file("authority.pem");

/** What a server is given. */
export const CERTIFICATE = {
  key: readFileSync(file("server.key.pem"), "utf8"),
  cert: readFileSync(file("server.pem"), "utf8"),
};
