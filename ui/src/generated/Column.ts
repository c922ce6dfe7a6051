export type Column = "main" | "side";
