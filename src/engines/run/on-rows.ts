/**
 * SQLSTATEs with which a statement fails because of what rows hold (manual, appendix "PostgreSQL Error Codes"): data exceptions,
 * and the violation of a foreign key, unique, check or exclusion constraint. Made-up rows prove nothing there. A NOT NULL
 * violation is not among them: made-up rows leave no column empty that can be filled, so a new one must be meant.
 */
export function dependsOnRows(code: string): boolean {
  return code.startsWith('22') || ['23503', '23505', '23514', '23P01'].includes(code);
}
