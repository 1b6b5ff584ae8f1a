/** IPv4 networks that are not public: this host, private, shared, link-local, benchmark, multicast, and reserved. */
const PRIVATE_V4 =
	/^(0|10|127|22[4-9]|2[3-5]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.(168|0\.0)\.|^198\.1[89]\./;

/** Public IPv6 addresses are 2000::/3, except Teredo, 6to4, and the documentation network. */
const PUBLIC_V6 = /^\[(?!2001:(0?:|db8:)|2002:)[23][\da-f]{3}:/;

/** Names that stand for this machine or its local network, including any name without a dot. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa)$/;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/**
 * Whether a file may be fetched from an address: only over https, and never from n8n's own machine or network, where a
 * redirect could otherwise lead. A node cannot check what a host name resolves to, so that is up to n8n and the network.
 *
 * @param allowLoopback for tests, where Samsara is simulated on this machine
 */
export function isAllowedFileAddress(address: string, allowLoopback = false): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname, username, password } = new URL(address);
	if (username !== '' || password !== '') return false;
	const host = hostname.replace(/\.$/, '');
	if (allowLoopback && LOOPBACK.test(host)) return /^https?:$/.test(protocol);
	if (protocol !== 'https:' || host === '') return false;
	if (host.startsWith('[')) return PUBLIC_V6.test(host);
	if (/^[\d.]+$/.test(host)) return !PRIVATE_V4.test(host);
	return !PRIVATE_NAME.test(host);
}
