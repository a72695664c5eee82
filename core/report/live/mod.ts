/**
 * A live page of running and past runs, for this machine alone.
 *
 * @module
 */

export { type RunServer, startServer } from "./server.ts";
