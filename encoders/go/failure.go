package graft

import (
	"errors"
	"regexp"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	// Graft's code may stand inside a text that the server has put its own code before.
	graftCode   = regexp.MustCompile(`\[(GRAFT_[A-Z0-9_.]+)]`)
	leadingCode = regexp.MustCompile(`^\[([A-Z][A-Z0-9_.]+)]`)
	// How Spark says that it has nothing for an extension: 3.4 to 4.1, and from 4.2 on.
	noHandler = regexp.MustCompile(`No handler found for extension|NO_HANDLER_FOR_EXTENSION`)
	// How engines say it that know no extensions; none of them gives it a code.
	notImplemented = regexp.MustCompile(`(?is)(not (yet )?(implemented|supported)|unsupported|unimplemented).{0,80}extension` +
		`|extension.{0,80}(not (yet )?(implemented|supported)|unsupported)` +
		// Sail's whole text, with an error of the kind "unsupported".
		`|^(extension (relation|expression)|command extension)$`)
)

// requestError gives the error of a request that the server refused, that failed there, or that never reached it.
func requestError(failure error) error {
	said := status.Convert(failure)
	code := serverCode(said)
	text := said.Message()
	if text == "" {
		text = said.Code().String()
	}
	switch code {
	case ServerWithoutExtension:
		text = "[" + string(code) + "] The server has nothing that handles this extension. Install Graft and the plugin's" +
			" jar on it, or connect to a gateway that has them. The server said: " + text
	case ServerTooOld:
		text = "[" + string(code) + "] The server does not know this request; use a newer one. The server said: " + text
	}
	return &Error{Code: code, Status: said.Code(), text: text, cause: failure}
}

func serverCode(said *status.Status) Code {
	text := said.Message()
	if graft := graftCode.FindStringSubmatch(text); graft != nil {
		return Code(graft[1])
	}
	if noHandler.MatchString(text) {
		return ServerWithoutExtension
	}
	for _, detail := range said.Details() {
		if info, isInfo := detail.(*errdetails.ErrorInfo); isInfo {
			if class := info.GetMetadata()["errorClass"]; strings.TrimSpace(class) != "" {
				return Code(class)
			}
			break
		}
	}
	if leading := leadingCode.FindStringSubmatch(text); leading != nil {
		return Code(leading[1])
	}
	switch {
	case notImplemented.MatchString(text):
		return ServerWithoutExtension
	case said.Code() == codes.Unimplemented:
		return ServerTooOld
	}
	return ""
}

// withoutCatalogue is for errors about what a server tells of itself: Graft is there and does not know it.
func withoutCatalogue(failure error) error {
	var known *Error
	if errors.As(failure, &known) && known.Code == "GRAFT_EXTENSION_UNKNOWN" {
		return &Error{
			Code:   ServerTooOld,
			Status: known.Status,
			text: "[" + string(ServerTooOld) + "] The server's Graft is too old for that; update it. The server said: " +
				known.text,
			cause: failure,
		}
	}
	return failure
}
