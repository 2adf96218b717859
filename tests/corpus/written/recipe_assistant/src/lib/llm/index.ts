export * from "./types";
export { run } from "./run";
export { run as runLlm } from "./run";
