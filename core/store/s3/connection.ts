/**
 * A connection to an S3-compatible service, made at the first request: its
 * client takes a quarter of a second to load.
 *
 * @module
 */

import type { S3Client } from "@aws-sdk/client-s3";
import { setTimeout as delay } from "node:timers/promises";
import { performance } from "node:perf_hooks";
import { UserError } from "../../errors.ts";
import { explainFailure, isTransient, statusOf } from "./failure.ts";
import type { S3Location } from "./location.ts";

/** The package, loaded. */
export type Sdk = typeof import("@aws-sdk/client-s3");

/** Requests to one service. */
export interface Connection {
  /**
   * Does a request, among others. While the service has been reached in this
   * process, it is done again until it is answered, for a minute and a half:
   * what took hours to make is not to be lost to a service that is restarted.
   *
   * @param persistent False: no longer than a second or two.
   * @throws {UserError | RunError}
   */
  request<T>(
    send: (client: S3Client, sdk: Sdk) => Promise<T>,
    persistent?: boolean,
  ): Promise<T>;
  /** As {@link Connection.request} does, for work that makes requests itself. */
  persist<T>(work: () => Promise<T>, persistent?: boolean): Promise<T>;
}

/** At once; the client has 50 sockets. */
const REQUESTS = 32;
/** Tries of the client itself, at short intervals. */
const TRIES = 3;
const CONNECT_MS = 5_000;
const SILENT_MS = 30_000;
const PATIENCE_MS = 90_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/**
 * The URL of the service that is none of Amazon's, as the environment has it.
 *
 * @throws {UserError} where it is none, or holds credentials; it is not shown.
 */
export function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  const name = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]
    .find((name) => env[name]);
  if (name === undefined) return undefined;
  const text = env[name]!;
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

/**
 * A connection to the service of a location.
 *
 * @throws {UserError} as {@link endpointOf} does.
 */
export function connect(location: S3Location): Connection {
  const endpoint = endpointOf(process.env);
  const names = { location, endpoint };
  let opened: ReturnType<typeof open> | undefined;
  let reached = false;

  const persist: Connection["persist"] = async (work, persistent = true) => {
    const started = performance.now();
    for (
      let wait = FIRST_WAIT_MS;;
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
    ) {
      try {
        const result = await work();
        reached = true;
        return result;
      } catch (error) {
        if (statusOf(error) !== undefined && !isTransient(error)) {
          reached = true;
        }
        const patient = persistent && reached && isTransient(error) &&
          performance.now() - started < PATIENCE_MS;
        if (!patient) throw explainFailure(error, names);
      }
      await delay(wait);
    }
  };

  return {
    persist,
    request: (send, persistent) =>
      persist(async () => {
        opened ??= open(location, endpoint);
        const { client, sdk, queue } = await opened.catch((error) => {
          opened = undefined;
          throw error;
        });
        return await queue.add(() => send(client, sdk));
      }, persistent),
  };
}

async function open(location: S3Location, endpoint: string | undefined) {
  // The person has chosen the version of Node, and this one is tested with it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const [sdk, { default: Queue }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("p-queue"),
  ]);
  const region = process.env["AWS_REGION"] ||
    process.env["AWS_DEFAULT_REGION"];
  const options = {
    maxAttempts: TRIES,
    forcePathStyle: endpoint !== undefined,
    // Everything has a digest of ours; not every service knows these.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
    ...(region ? { region } : {}),
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
  return { client, sdk, queue: new Queue({ concurrency: REQUESTS }) };
}
