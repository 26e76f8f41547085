import { Code, Codes, Instant, OneOf, Opaque, PageQuery } from '@yizhan/http';
import { type Access, accesses, type Role } from '@yizhan/identity';
import { rolesOfSystems } from './api-key.js';

class ApiKeyScopeFields {
  @Code({ description: 'the system that it is for', example: 'wms-7' })
  readonly owner: string;

  @OneOf(rolesOfSystems)
  readonly role: Role;

  @OneOf(accesses, { description: 'read: it changes nothing' })
  readonly access: Access;

  @Codes({ optional: true, description: 'of an operator or shift lead' })
  readonly stations?: string[];

  @Codes({ optional: true, description: 'of a command centre' })
  readonly areas?: string[];

  @Codes({ optional: true, description: 'of a command centre that is not for whole areas' })
  readonly counties?: string[];

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true })
  readonly enterpriseId?: string;

  @Instant({ description: 'within a year' })
  readonly expiresAt: string;
}

export class CreateApiKeyRequest extends ApiKeyScopeFields {}

export class NewApiKeyResponse {
  @Code()
  readonly keyId: string;

  @Code()
  readonly owner: string;

  @Opaque('yz', { nullable: true, description: 'shown this once; null where the same request is answered again' })
  readonly key: string | null;

  @Instant()
  readonly expiresAt: string;
}

export class RevokeApiKeyRequest {
  @Code({ description: 'a code, never free text', example: 'rotated' })
  readonly reason: string;
}

export class RevokedApiKeyResponse {
  @Code()
  readonly keyId: string;

  @Instant()
  readonly revokedAt: string;
}

export class ApiKeyResponse extends ApiKeyScopeFields {
  @Code()
  readonly keyId: string;

  @Instant()
  readonly createdAt: string;

  @Code()
  readonly createdBy: string;

  @Instant({ optional: true, description: 'to the minute' })
  readonly lastUsedAt?: string;

  @Instant({ optional: true })
  readonly revokedAt?: string;

  @Code({ optional: true })
  readonly revokeReason?: string;
}

export class ApiKeysQuery extends PageQuery {
  @Code({ optional: true })
  readonly owner?: string;
}
