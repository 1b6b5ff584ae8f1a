import axios from 'axios';

/** An HTTP client for servers on this machine: it ignores proxies and throws for no status. */
export const http = axios.create({ proxy: false, validateStatus: null });
