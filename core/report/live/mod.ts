/**
 * A live page of running and past runs, for this machine alone.
 *
 * @module
 */

export { type RunServer, type ServeOptions, startServer } from "./server.ts";
