package io.greenfinch.gateway.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.greenfinch.client.media.StoredMedia;
import io.greenfinch.gateway.picture.Thumbnail;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkPreviewTest {

    private static final Message TEXT =
            Message.newBuilder().setConversation("at https://example.com").build();

    private static final LinkPreview PREVIEW = new LinkPreview(
            "https://example.com",
            "Title",
            "",
            ByteString.copyFromUtf8("small"),
            Optional.of(new Thumbnail(new byte[9], 800, 400)));

    @Test
    void aLargePictureIsWhereItWasStored() {
        FileContent file = new FileContent(
                MediaKind.LINK_THUMBNAIL, "", "/v/path", new byte[32], new byte[] {1}, new byte[] {2}, 9);
        ExtendedTextMessage shown = PREVIEW.in(TEXT, Optional.of(new StoredMedia(file, Instant.ofEpochSecond(5))))
                .getExtendedTextMessage();
        assertThat(shown.getText()).isEqualTo("at https://example.com");
        assertThat(shown.getThumbnailDirectPath()).isEqualTo("/v/path");
        assertThat(shown.getMediaKey().size()).isEqualTo(32);
        assertThat(shown.getMediaKeyTimestamp()).isEqualTo(5);
        assertThat(shown.getThumbnailSha256()).isEqualTo(ByteString.copyFrom(new byte[] {1}));
        assertThat(shown.getThumbnailEncSha256()).isEqualTo(ByteString.copyFrom(new byte[] {2}));
        assertThat(shown.getThumbnailWidth()).isEqualTo(800);
        assertThat(shown.getThumbnailHeight()).isEqualTo(400);
        assertThat(shown.getJpegThumbnail().toStringUtf8()).isEqualTo("small");
    }

    @Test
    void withoutAPlaceItIsSmall() {
        ExtendedTextMessage shown = PREVIEW.in(TEXT, Optional.empty()).getExtendedTextMessage();
        assertThat(shown.hasThumbnailDirectPath()).isFalse();
        assertThat(shown.hasThumbnailWidth()).isFalse();
        assertThat(shown.getJpegThumbnail().toStringUtf8()).isEqualTo("small");
    }
}
