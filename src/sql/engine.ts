/** The engines we know by name. */
export const engines = ['postgresql', 'mysql', 'mariadb', 'sqlite'] as const;

export type Engine = (typeof engines)[number];
