import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { ApiError, invalid } from './errors.mts';
import { clockOf } from './settings.mts';
import type { Settings } from './settings.mts';
import type { Json } from './types.mts';
import { utc } from './times.mts';

/** A file. `finishedAt` is the time (ms since 1970) from which it can be downloaded. */
export interface MediaFile {
	bytes: Buffer;
	mediaType: string;
	finishedAt: number;
}

/** The files of media and signature fields, and their signed URLs on the media host. */
export class MediaStore {
	readonly files = new Map<string, MediaFile>();

	/** The origin of the media host, set once it listens. */
	origin = '';

	private readonly key = randomBytes(32);

	private readonly settings: Settings;

	constructor(settings: Settings) {
		this.settings = settings;
	}

	/**
	 * Stores an uploaded file, whose status is `processing` for `mediaProcessingMs`.
	 * @throws ApiError 400 if the payload is not base64 or the media type is not `type/subtype`
	 */
	upload(id: string, base64Payload: string, mediaType: string, member: string): void {
		if (
			base64Payload.length === 0 ||
			base64Payload.length % 4 !== 0 ||
			!/^[A-Za-z0-9+/]+={0,2}$/.test(base64Payload)
		) {
			throw invalid(`${member}.base64Payload: not valid base64`);
		}
		if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) {
			throw invalid(`${member}.mediaType: not a MIME type: "${mediaType}"`);
		}
		const finishedAt = clockOf(this.settings).getTime() + this.settings.mediaProcessingMs;
		this.files.set(id, { bytes: Buffer.from(base64Payload, 'base64'), mediaType, finishedAt });
	}

	/** `{id, processingStatus, url?, urlExpiresAt?}` with a new URL each time. */
	describe(id: string): Json {
		const file = this.files.get(id);
		if (file === undefined) return { id, processingStatus: 'unknown' };
		const now = clockOf(this.settings).getTime();
		if (now < file.finishedAt) return { id, processingStatus: 'processing' };
		const expires = now + this.settings.mediaUrlLifetimeMs;
		const url = `${this.origin}/media/${id}?signature=${this.sign(id, expires)}&expires=${expires}`;
		return { id, processingStatus: 'finished', url, urlExpiresAt: utc(expires) };
	}

	/**
	 * Returns the file for a signed URL.
	 * @throws ApiError 403 for a wrong signature or an expired URL, 404 for an unknown file
	 */
	open(id: string, signature: string, expires: string): MediaFile {
		const expected = Buffer.from(this.sign(id, Number(expires)));
		const input = Buffer.from(signature);
		if (expected.length !== input.length || !timingSafeEqual(expected, input)) {
			throw new ApiError(403, 'SignatureDoesNotMatch');
		}
		if (clockOf(this.settings).getTime() >= Number(expires)) {
			throw new ApiError(403, 'AccessDenied: request has expired');
		}
		const file = this.files.get(id);
		if (file === undefined) throw new ApiError(404, 'NoSuchKey');
		return file;
	}

	private sign(id: string, expires: number): string {
		return createHmac('sha256', this.key).update(`${id}:${expires}`).digest('hex');
	}
}
