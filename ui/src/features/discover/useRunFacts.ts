import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { Model } from '@/api/types'
import { useTalk } from '@/language/talk'
import { usePlugin } from '../plugins/plugins'
import { goalsOf, useColumns, useInstance, useModelsOf, useRun } from './discover'
import { stepsOf } from './steps'

/** All about one instance of a profiler and how its eight steps stand; of an older model when one is given. */
export function useRunFacts(instance: MaybeRefOrGetter<string>, model?: MaybeRefOrGetter<Model | undefined>) {
  const talk = useTalk()
  const configured = useInstance(instance)
  const { query: card, schema } = usePlugin(() => configured.data.value?.plugin ?? toValue(model)?.plugin ?? '')
  const columns = useColumns(instance)
  const run = useRun(instance)
  const models = useModelsOf(instance)
  // The model that counts, which is not always the one that was learnt last.
  const standing = computed(() => models.data.value?.items.find((one) => one.role === 'standing') ?? null)
  const steps = computed(() =>
    stepsOf(
      {
        goals: goalsOf(card.data.value),
        card: card.data.value,
        schema: schema.data.value,
        instance: configured.data.value,
        columns: columns.data.value ?? null,
        job: run.data.value ?? null,
        model: toValue(model) ?? standing.value,
      },
      talk.value,
    ),
  )
  return { configured, card, schema, columns, run, models, standing, steps }
}
