/**
 * Whether a value of the setting TimeZone is known to be UTC. Only names of zones that never were anything else count, as they do
 * for PostgreSQL (source, TimestampTimestampTzRequiresRewrite): Europe/London in winter does not.
 */
export function isUtc(zone: string | undefined): boolean {
  return zone !== undefined && names.test(zone.trim());
}

const names = /^(?:(?:etc\/)?(?:utc|uct|gmt|zulu|universal|greenwich|gmt[+-]?0)|utc0|[+-]?0+(?::0+)?)$/i;
