/**
 * Batches of grey images as PNG pictures: plain grids, and originals above
 * their reconstructions. Equal inputs give equal bytes.
 *
 * @module
 */
export { gridPng } from "./image_grid.ts";
export { reconstructionPng } from "./reconstruction_grid.ts";
