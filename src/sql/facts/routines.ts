import type { FunctionDefinition } from '../changes/routines.ts';

/**
 * Whether all functions of a name are trigger functions, by what only those can say. Triggers know their function by identity, and
 * nothing else can call it (manual, "Trigger Functions").
 */
export function isForTriggers(overloads: readonly FunctionDefinition[] = []): boolean {
  return overloads.length > 0 && overloads.every(({ body = '' }) => /\bTG_|\bRETURN\s+(?:NEW|OLD)\b/i.test(body));
}
