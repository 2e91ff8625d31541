import { computed, shallowRef, type ComputedRef } from 'vue'

/** Files that come into the composer by choosing, pasting and dropping. */
export interface FileIntake {
  /** Files hover over the composer. */
  readonly isDragging: ComputedRef<boolean>
  /** Call it when files were chosen. */
  onPicked(picker: HTMLInputElement): void
  /** Call it on paste. */
  onPaste(event: ClipboardEvent): void
  /** Call it on dragenter. */
  onDragEnter(event: DragEvent): void
  /** Call it on dragover. */
  onDragOver(event: DragEvent): void
  /** Call it on dragleave. */
  onDragLeave(event: DragEvent): void
  /** Call it on drop. */
  onDrop(event: DragEvent): void
}

/** Takes files in; `take` gets them and says whether it wanted them. Dragged text stays the field's own business. */
export function useFileIntake(take: (files: readonly File[]) => boolean): FileIntake {
  /** The pointer enters a child before it leaves the parent, so that entering is counted. */
  const depth = shallowRef(0)

  function hasFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') ?? false
  }

  return {
    isDragging: computed(() => depth.value > 0),
    onPicked(picker) {
      take([...(picker.files ?? [])])
      // So that the same file can be chosen again.
      picker.value = ''
    },
    onPaste(event) {
      // A copied table or page brings its text and a picture of it; the text is meant.
      if (event.clipboardData?.types.includes('text/plain')) return
      if (take([...(event.clipboardData?.files ?? [])])) event.preventDefault()
    },
    onDragEnter(event) {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth.value++
    },
    onDragOver(event) {
      // A browser opens a dropped file in place of the page unless this is prevented.
      if (hasFiles(event)) event.preventDefault()
    },
    onDragLeave(event) {
      if (hasFiles(event)) depth.value = Math.max(0, depth.value - 1)
    },
    onDrop(event) {
      depth.value = 0
      if (!hasFiles(event)) return
      event.preventDefault()
      take([...(event.dataTransfer?.files ?? [])])
    },
  }
}
