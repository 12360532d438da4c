import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { ask } from './ask'

/** Asks before a page is left whose changes would be lost. */
export function useUnsaved(dirty: Readonly<Ref<boolean>>) {
  const { t } = useI18n()
  const mayLeave = () =>
    !dirty.value || ask({ title: t('shell.unsaved.title'), text: t('shell.unsaved.text'), yes: t('shell.unsaved.leave') })
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave())

  const onUnload = (event: BeforeUnloadEvent) => {
    if (dirty.value) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', onUnload))
  onBeforeUnmount(() => removeEventListener('beforeunload', onUnload))
}
