/* The editor's tools for a link to a section, a chapter or a whole act of the law. */
(() => {
  const { createElement } = window.React;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;

  class SectionSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.lawChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS
          || new window.ChooserModalOnloadHandlerFactory().getOnloadHandlers(),
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData({ id, ref, url }) {
      return { id, ref, url };
    }

    onChosen(section) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", this.filterEntityData(section));
      const key = content.getLastCreatedEntityKey();
      const next = selection.isCollapsed()
        ? EditorState.push(
            editorState,
            Modifier.replaceText(content, selection, section.words, null, key),
            "insert-characters",
          )
        : RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(next);
    }
  }

  const Section = (props) => {
    const { ref, url } = props.contentState.getEntity(props.entityKey).getData();
    return createElement(TooltipEntity, {
      ...props,
      icon: createElement(window.wagtail.components.Icon, { name: "doc-full-inverse" }),
      label: ref || "§",
      url,
    });
  };

  for (const type of ["SECTION", "CHAPTER", "ACT"]) {
    registerPlugin({ type, source: SectionSource, decorator: Section }, "entityTypes");
  }
})();
