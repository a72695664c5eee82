/**
 * The client of the AWS SDK, which takes a quarter of a second to load.
 *
 * @module
 */

import type { S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../../lib/errors.ts";
import { TunnelAgent } from "../../lib/network/tunnel.ts";
import { readBundle } from "./certificates.ts";
import type { S3Location } from "./location.ts";
import { goThroughProxies, proxyOfService } from "./plain_proxy.ts";
import type { ServiceSettings } from "./settings.ts";

/** The package, loaded. */
export type Sdk = typeof import("@aws-sdk/client-s3");

/** Tries of the client itself, at short intervals. */
const TRIES = 3;
const CONNECT_MS = 5_000;
/** A proxy says within 10 s that there is no way. */
const PROXY_CONNECT_MS = 15_000;
const SILENT_MS = 30_000;
const SOCKETS = 50;

/**
 * A client for the service of a location.
 *
 * @throws {UserError} where the certificates cannot be read, the variable of a
 * proxy is wrong, or Amazon's region is not known.
 */
export async function openClient(
  location: S3Location,
  { endpoint, pathStyle, bundle }: ServiceSettings,
): Promise<{ readonly client: S3Client; readonly sdk: Sdk }> {
  // The person has chosen the version of Node, and this one is tested with it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const [sdk, certificates] = await Promise.all([
    import("@aws-sdk/client-s3"),
    bundle === undefined ? undefined : readBundle(bundle),
  ]);
  const proxy = proxyOfService(endpoint);
  const region = process.env["AWS_REGION"] ||
    process.env["AWS_DEFAULT_REGION"];
  const options = {
    maxAttempts: TRIES,
    forcePathStyle: pathStyle,
    // Everything has a digest of ours; not every service knows these.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: proxy === null ? CONNECT_MS : PROXY_CONNECT_MS,
      socketTimeout: SILENT_MS,
      // An agent, not its options: the SDK makes some of its own without them.
      httpsAgent: new TunnelAgent({
        keepAlive: true,
        maxSockets: SOCKETS,
        ...(certificates === undefined ? {} : { ca: [...certificates] }),
      }),
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region ? { region } : {}),
    ...ownKeys(process.env),
  } as const;
  let client = new sdk.S3Client(options);
  try {
    await client.config.region();
  } catch (cause) {
    if (endpoint === undefined) {
      throw new UserError(
        `Cannot use the store "${location.text}": no region is set`,
        {
          hint:
            "Set AWS_REGION, or AWS_ENDPOINT_URL where the service is not Amazon's",
          cause,
        },
      );
    }
    client = new sdk.S3Client({ ...options, region: "us-east-1" });
  }
  goThroughProxies(client);
  return { client, sdk };
}

/** Keys of the environment, which the AWS tools take before those of AWS_PROFILE. */
function ownKeys(env: NodeJS.ProcessEnv) {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey) return {};
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
    },
  };
}
