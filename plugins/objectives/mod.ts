/** All objectives of the project. @module */

export { default as dreg } from "./dreg.ts";
export { default as elbo } from "./elbo.ts";
export { default as iwae } from "./iwae.ts";
export { default as stl } from "./stl.ts";
