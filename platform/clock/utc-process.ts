/**
 * Imported first by every entry of the program, for its effect: the process lives in UTC. node-cron goes silent
 * for an hour in autumn when the host's zone has daylight saving, whatever zone a schedule names, and reads the
 * zone when it is imported.
 */
process.env.TZ = 'UTC';
