"""Which parts of a block go to the translator, and how they come back."""

from collections import defaultdict

from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter


class KeptInTranslation:
    """A struct block of which the fields named in `kept` are the same in every language."""

    kept: tuple[str, ...] = ()

    def get_translatable_segments(self, value):
        extractor = StreamFieldSegmentExtractor(field=None)
        return [
            segment.wrap(name)
            for name, block in self.child_blocks.items()
            if name not in self.kept
            for segment in extractor.handle_block(block, value[name])
            if not isinstance(segment, OverridableSegmentValue)
        ]

    def restore_translated_segments(self, value, segments):
        writer = StreamFieldSegmentsWriter(field=None, src_locale=None, tgt_locale=None)
        by_name = defaultdict(list)
        for segment in segments:
            name, inner = segment.unwrap()
            by_name[name].append(inner)
        for name, inner in by_name.items():
            value[name] = writer.handle_block(self.child_blocks[name], value[name], inner)
        return value
