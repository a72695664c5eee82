/**
 * The way through a proxy to a service that does not encrypt: the proxy is
 * asked for the whole URL. What is encrypted goes through a tunnel, by the
 * client's agent.
 *
 * @module
 */

import type { S3Client } from "@aws-sdk/client-s3";
import { type Proxy, proxyFor } from "../../lib/network/proxy.ts";
import {
  ownAnswer,
  ProxyError,
  unreachable,
} from "../../lib/network/proxy_failure.ts";
import { isTransient } from "./failure.ts";

/** What the client is about to send; it has been signed. */
interface SignedRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What came back, not yet read. */
interface SentAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Services number their answers, and their errors are XML. */
function isOfService(headers: SentAnswer["headers"]): boolean {
  return Object.keys(headers).some((name) => name.startsWith("x-amz-")) ||
    /\bxml\b/.test(headers["content-type"] ?? "");
}

/**
 * The proxy on the way to the service.
 *
 * @throws {UserError} where its variable is wrong.
 */
export function proxyOfService(endpoint: string | undefined): Proxy | null {
  return proxyFor(new URL(endpoint ?? "https://s3.amazonaws.com"));
}

/** Has requests of the client that are not encrypted go through their proxy. */
export function goThroughProxies(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as SignedRequest;
      if (request.protocol !== "http:") return await next(args);
      const { hostname, port } = request;
      const target = port === undefined ? hostname : `${hostname}:${port}`;
      const proxy = proxyFor(new URL(`http://${target}`));
      if (proxy === null) return await next(args);
      const answer = await next({
        ...args,
        request: Object.assign(
          Object.create(Object.getPrototypeOf(request)),
          request,
          {
            protocol: proxy.secure ? "https:" : "http:",
            hostname: proxy.host,
            port: proxy.port,
            path: `http://${target}${request.path}`,
            headers: { ...request.headers, ...proxy.headers },
          },
        ),
      }).catch((error) => {
        const isUnreached = error instanceof ProxyError || isTransient(error);
        throw isUnreached ? unreachable(proxy, { target, error }) : error;
      });
      const { statusCode: status, headers } = answer.response as SentAnswer;
      const failure = ownAnswer(proxy, {
        target,
        status,
        headers,
        marked: isOfService(headers),
      });
      if (failure === null) return answer;
      // What lasts a moment the client itself tries again.
      throw isTransient(failure)
        ? Object.assign(failure, { $retryable: { throttling: false } })
        : failure;
    },
    { step: "deserialize", priority: "low", name: "plainProxy" },
  );
}
