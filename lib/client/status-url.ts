/** Where the status is asked for, by the first-paint script and by the page alike. */
export const STATUS_URL = '/api/status';
