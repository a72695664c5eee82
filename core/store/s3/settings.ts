/**
 * What the environment and the AWS tools' files say of the service. They are
 * read with the AWS SDK's own reader, in the order that the AWS tools have.
 *
 * @module
 */

import { homedir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { Bundle } from "./certificates.ts";

/** A service and the way to it. */
export interface ServiceSettings {
  /** URL of the service; undefined: Amazon's. */
  readonly endpoint: string | undefined;
  /** Whether the bucket stands in the path, not before the host's name. */
  readonly pathStyle: boolean;
  /** Certificates to verify the service with; undefined: Node's. */
  readonly bundle: Bundle | undefined;
}

type Section = Readonly<Record<string, string | undefined>>;

/**
 * The URL of the service that is none of Amazon's, as the environment has it.
 *
 * @throws {UserError} where it is none, or holds credentials; it is not shown.
 */
export function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  if (isTrue(env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])) return undefined;
  const name = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]
    .find((name) => env[name]);
  return name === undefined ? undefined : checkedEndpoint(env[name]!, name);
}

/**
 * The settings: of the environment first, then those of the profile.
 *
 * @throws {UserError} where the URL of the service is none.
 */
export async function serviceSettings(
  env: NodeJS.ProcessEnv,
): Promise<ServiceSettings> {
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const name = env["AWS_PROFILE"] || "default";
  const profile: Section = { ...configFile[name], ...credentialsFile[name] };
  const place = `of the profile "${name}" in ${
    env["AWS_CONFIG_FILE"] || join(homedir(), ".aws", "config")
  }`;
  const endpoint = endpointOf(env) ??
    configuredEndpoint(profile, { env, sections: configFile, place });
  const bundle = env["AWS_CA_BUNDLE"]
    ? { file: env["AWS_CA_BUNDLE"], from: "AWS_CA_BUNDLE" }
    : profile["ca_bundle"]
    ? { file: profile["ca_bundle"], from: `"ca_bundle" ${place}` }
    : undefined;
  const style = profile["s3.addressing_style"];
  const pathStyle = style === "path" ||
    style !== "virtual" && endpoint !== undefined;
  return { endpoint, pathStyle, bundle };
}

function configuredEndpoint(
  profile: Section,
  { env, sections, place }: {
    readonly env: NodeJS.ProcessEnv;
    readonly sections: Readonly<Record<string, Section>>;
    readonly place: string;
  },
): string | undefined {
  const ignored = env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ||
    profile["ignore_configured_endpoint_urls"];
  if (isTrue(ignored)) return undefined;
  const { services } = profile;
  if (services !== undefined) {
    const section = sections[`services.${services}`];
    if (section === undefined) {
      throw new UserError(
        `Cannot use "services" ${place}: found "${services}", and no section [services ${services}]`,
        { hint: 'Add the section, or take "services" out of the profile' },
      );
    }
    const url = section["s3.endpoint_url"];
    if (url) {
      return checkedEndpoint(
        url,
        `"endpoint_url" of [services ${services}], ${place}`,
      );
    }
  }
  const url = profile["endpoint_url"];
  return url ? checkedEndpoint(url, `"endpoint_url" ${place}`) : undefined;
}

function checkedEndpoint(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight = url !== undefined && /^https?:$/.test(url.protocol) &&
    !text.includes("@");
  if (isRight) return text;
  throw new UserError(
    `Cannot use ${name}: want http://HOST:PORT or https://HOST`,
    {
      hint:
        "Credentials go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    },
  );
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}
