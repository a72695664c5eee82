/**
 * A connection to an S3-compatible service, made at the first request: its
 * client takes a quarter of a second to load.
 *
 * @module
 */

import type { S3Client } from "@aws-sdk/client-s3";
import { setTimeout as delay } from "node:timers/promises";
import { performance } from "node:perf_hooks";
import { openClient, type Sdk } from "./client.ts";
import { explainFailure, isTransient, statusOf } from "./failure.ts";
import type { S3Location } from "./location.ts";
import {
  endpointOf,
  type ServiceSettings,
  serviceSettings,
} from "./settings.ts";

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
const PATIENCE_MS = 90_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/**
 * A connection to the service of a location.
 *
 * @throws {UserError} as {@link endpointOf} does.
 */
export function connect(location: S3Location): Connection {
  // What is wrong in the environment is told before anything begins.
  let endpoint = endpointOf(process.env);
  let bundle: ServiceSettings["bundle"];
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
        if (!patient) {
          throw explainFailure(error, { location, endpoint, bundle });
        }
      }
      await delay(wait);
    }
  };

  return {
    persist,
    request: (send, persistent) =>
      persist(async () => {
        opened ??= serviceSettings(process.env).then((settings) => {
          ({ endpoint, bundle } = settings);
          return open(location, settings);
        });
        const { client, sdk, queue } = await opened.catch((error) => {
          opened = undefined;
          throw error;
        });
        return await queue.add(() => send(client, sdk));
      }, persistent),
  };
}

async function open(location: S3Location, settings: ServiceSettings) {
  const [opened, { default: Queue }] = await Promise.all([
    openClient(location, settings),
    import("p-queue"),
  ]);
  return { ...opened, queue: new Queue({ concurrency: REQUESTS }) };
}
