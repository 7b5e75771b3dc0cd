export function buildInstrumentation(): Promise<string>;
