/** All objectives of the project. @module */

export { default as elbo } from "./elbo.ts";
