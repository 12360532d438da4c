import { shallowRef } from 'vue'
import type { OwnField } from '@/api/types'

/** The fields that the owner has made, by key: every page calls them by their names. */
export const ownFields = shallowRef<ReadonlyMap<string, OwnField>>(new Map())

export const OWN = 'own:'
