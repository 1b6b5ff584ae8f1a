/** IPv4 networks that are not public: this host, private, shared, link-local, benchmark, multicast and reserved. */
const PRIVATE_V4 =
	/^(0|10|127|22[4-9]|2[3-5]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.(168|0\.0)\.|^198\.1[89]\./;

/** The public part of IPv6 is 2000::/3, of which Teredo, 6to4 and the examples' network lead elsewhere. */
const PUBLIC_V6 = /^\[(?!2001:(0?:|db8:)|2002:)[23][\da-f]{3}:/;

/** Names that resolvers give to the machine or its own network. One without a dot is such a name too. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa)$/;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/**
 * Whether a file may be fetched from an address: over https, and never from n8n's own machine or network, to which
 * a redirect could lead otherwise. What a name resolves to cannot be checked in a node; that is left to n8n's own
 * protection and the network.
 *
 * @param allowLoopback for a Samsara that runs on this machine itself, which only tests have
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
